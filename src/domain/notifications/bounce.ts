import { type BounceReason, excuseIn, isForGood, reasonOf } from './bounceReasons';

/** A mail that may report a failed delivery, taken apart. */
interface Report {
  /** The addresses that a header names as failed, as Exim and Google do. */
  readonly failed: readonly string[];
  readonly subject: string;
  /** All parts of the type message/delivery-status (RFC 3464). */
  readonly status: string;
  /** What it says to people. The mail that was not delivered may stand below. */
  readonly text: string;
}

/** What a report says of one recipient. */
export interface Bounce {
  /** In lower case; empty: the report names nobody. */
  readonly recipient: string;
  /** Whether the server has given up, or still tries. */
  readonly action: 'failed' | 'delayed';
  /** Whether the address itself is wrong, so that no later attempt can succeed. */
  readonly hard: boolean;
  /** The enhanced status code (RFC 3463), or at least its class as `5.0.0`. */
  readonly status: string;
  readonly reason: BounceReason;
}

/** Reports are about one mail of one recipient, or few; more is not looked at. */
const MAX_RECIPIENTS = 20;
/** What is said of one recipient is short; the rest is not looked at. */
const MAX_WORDS_LENGTH = 4_000;
/** As much of a report is looked at. */
const MAX_REPORT_LENGTH = 60_000;

/** Where the mail that was not delivered begins, in reports without parts. */
const ORIGINAL =
  /^[ \t>]*(?:-{3,}.{0,40}(?:copy of|original message|below this line|returned message|undelivered message|unsent message|headers? (?:of|from)|message header|the header)|-{2,} ?(?:original|the body of the)|original message(?: headers)?:?\s*$|a copy of the original message below this line|(?:content-type: )?message\/rfc822|received: (?:from|by|\(qmail)|return-path:|begin (?:of )?(?:the )?original message|below (?:this line )?is a copy|the following is a copy of|message follows|the body of your message)/im;

const ADDRESS = /[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[a-z\d](?:[a-z\d.-]{0,250}[a-z\d])?/gi;
const ENHANCED = /(?<![\d.:[-])([245]\.\d{1,3}\.\d{1,3})(?![\d.])/;
const REPLY = /(?<![\d.:-])([45]\d\d)(?=[ -]|\b(?![.\d]))/;
const IS_DELAYED =
  /\bdelay(?:ed)?\b|still being retried|will (?:be retried|continue to|keep trying|try again|retry)|warning: (?:could not|message)|not yet been delivered|has not been delivered (?:yet|to)|no action is required|deferred|this is (?:just |only )?a warning/i;
const IS_PERMANENT =
  /failed permanently|permanent(?:ly)? (?:fatal |error|fail)|giv(?:en|ing) up|undeliverable|returned mail|could not be delivered/i;

/**
 * Reads a report of a failed delivery: as RFC 3464 has it, and in the forms that servers write without it. It returns
 * one bounce for each recipient who was not reached; none if the report tells of deliveries that succeeded.
 */
export function readBounces(report: Report): Bounce[] {
  const text = aboutFailure(report.text.slice(0, MAX_REPORT_LENGTH));
  // A part for programs that was not marked as one stands in the text.
  const status = report.status || (/^(?:final|original)-recipient:/im.test(report.text) ? report.text : '');
  const blocks = blocksOf(status.slice(0, MAX_REPORT_LENGTH));
  const of = { text, subject: report.subject, isOnly: blocks.length === 1 };
  const bounces = blocks.length > 0 ? blocks.flatMap((block) => ofBlock(block, of)) : ofText(report, text);
  // Mails of this program have one recipient, so that several are those to whom it was passed on. As long as one of
  // them may still get it, nothing is for good.
  const isOpen = bounces.some(({ action }) => action === 'delayed');
  return bounces.slice(0, MAX_RECIPIENTS).map((bounce) => (isOpen ? { ...bounce, hard: false } : bounce));
}

/** Returns what stands before the mail that was not delivered. */
function aboutFailure(text: string): string {
  const at = text.search(ORIGINAL);
  return at > 0 ? text.slice(0, at) : text;
}

type Fields = ReadonlyMap<string, string>;

/** Returns the fields of each recipient: what stands between empty lines, but for the part about the message itself. */
function blocksOf(status: string): Fields[] {
  return status
    .replace(/\r\n?/g, '\n')
    .replace(/\n[ \t]+(?=\S)/g, ' ')
    .split(/\n[ \t]*\n+/)
    .map(fieldsOf)
    .filter((fields) => fields.has('action') || fields.has('final-recipient') || fields.has('status'));
}

function fieldsOf(block: string): Fields {
  return new Map(
    block.split('\n').flatMap((line) => {
      const [, name, value] = /^([\w-]{1,60}):[ \t]*(.*)$/.exec(line) ?? [];
      return name === undefined ? [] : [[name.toLowerCase(), (value ?? '').trim()] as const];
    }),
  );
}

function ofBlock(
  fields: Fields,
  { text, subject, isOnly }: { text: string; subject: string; isOnly: boolean },
): Bounce[] {
  const action = (fields.get('action') ?? '').toLowerCase();
  if (/deliver|relay|expand/.test(action)) return [];
  const recipient = addressIn(fields.get('final-recipient') ?? '') || addressIn(fields.get('original-recipient') ?? '');
  const diagnostic = fields.get('diagnostic-code') ?? '';
  const paragraph = paragraphOf(text, [recipient, addressIn(fields.get('original-recipient') ?? '')]);
  const given = ENHANCED.exec(fields.get('status') ?? '')?.[1] ?? null;
  const isDelayed = action.startsWith('delay');
  // The server's own words come first; what people are told is only asked where those say nothing.
  return [
    judged({
      recipient,
      isDelayed,
      given,
      words: [diagnostic, fields.get('status') ?? '', paragraph || (isOnly ? text : ''), subject],
    }),
  ];
}

/** Reads a report that has no part for programs. */
function ofText({ failed, subject }: Report, text: string): Bounce[] {
  const named = [...failed, ...(text.match(ADDRESS) ?? [])].map((each) => each.toLowerCase());
  const refused = recipientsIn(text);
  const listed =
    failed.length > 0 ? failed.map((each) => each.toLowerCase()) : refused.length > 0 ? refused : named.slice(0, 1);
  const isDelayed = IS_DELAYED.test(`${subject}\n${text}`) && !IS_PERMANENT.test(`${subject}\n${text}`);
  const recipients = [...new Set(listed)].slice(0, MAX_RECIPIENTS);
  return (recipients.length > 0 ? recipients : ['']).map((recipient) => {
    const words = recipients.length > 1 ? paragraphOf(text, [recipient]) : text;
    return judged({ recipient, isDelayed, given: null, words: [words, subject] });
  });
}

/** Returns the addresses that stand at the beginning of a line, as servers name those whom they could not reach. */
function recipientsIn(text: string): string[] {
  const lines = text.split('\n').slice(0, 200);
  return lines.flatMap((line) => {
    const address = namedAtStart(line);
    return address === null ? [] : [address];
  });
}

function namedAtStart(line: string): string | null {
  return (
    /^[ \t]{0,8}[<"]?([^\s<>"(),:;]{1,64}@[a-z\d.-]{1,250})[>"]?:?(?:\s|$)/i.exec(line)?.[1]?.toLowerCase() ?? null
  );
}

interface Judging {
  readonly recipient: string;
  readonly isDelayed: boolean;
  readonly given: string | null;
  /** The most telling first. */
  readonly words: readonly string[];
}

function judged({ recipient, isDelayed, given, words }: Judging): Bounce {
  const said = words.map((each) => withoutAddresses(each).slice(0, MAX_WORDS_LENGTH)).filter(Boolean);
  const status = statusOf(given, said, isDelayed);
  const reason = reasonIn(said, status);
  const delayed = isDelayed && !isForGood(reason);
  return { recipient, action: delayed ? 'delayed' : 'failed', hard: isForGood(reason), status, reason };
}

/** Returns the first reason that is found, from the most telling words to the least. */
function reasonIn(said: readonly string[], status: string): BounceReason {
  const found = said.map((words) => reasonOf({ words, status: null })).find((reason) => reason !== 'other');
  const reason = found ?? reasonOf({ words: '', status });
  return (isForGood(reason) && said.map(excuseIn).find((each) => each !== undefined)) || reason;
}

function statusOf(given: string | null, said: readonly string[], isDelayed: boolean): string {
  const found = said
    .map((words) => ENHANCED.exec(words)?.[1])
    .find((each) => each !== undefined && !each.startsWith('2'));
  if (given !== null && !/\.0\.0$/.test(given) && !given.startsWith('2')) return given;
  const reply = said.map((words) => REPLY.exec(words)?.[1]).find((each) => each !== undefined);
  const own = given !== null && !given.startsWith('2') ? given : undefined;
  return own ?? found ?? `${reply?.[0] ?? (isDelayed ? '4' : '5')}.0.0`;
}

/** Addresses may contain any word, and so would host names of the sort `spam.example`. */
function withoutAddresses(words: string): string {
  return words.replace(ADDRESS, '<>').replace(/\s+/g, ' ');
}

/** Returns what the text says of one recipient: the lines that name it, and what follows them. */
function paragraphOf(text: string, addresses: readonly string[]): string {
  const known = addresses.filter(Boolean);
  if (known.length === 0) return '';
  const lines = text.split(/\r?\n/);
  const isAbout = (line: string) => known.some((address) => line.toLowerCase().includes(address));
  const started = lines.findIndex((line) => known.includes(namedAtStart(line) ?? ''));
  const at = started < 0 ? lines.findIndex(isAbout) : started;
  if (at < 0) return '';
  const end = lines.findIndex((line, i) => i > at && namedAtStart(line) !== null && !isAbout(line));
  return lines.slice(at, end < 0 ? at + 12 : Math.min(end, at + 12)).join(' ');
}

function addressIn(value: string): string {
  return (value.match(ADDRESS)?.[0] ?? '').toLowerCase();
}

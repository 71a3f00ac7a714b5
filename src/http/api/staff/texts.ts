import type { z } from 'zod';
import { textEntries, textEntry, type WordedText } from '../../../app/desks/wordText';
import type { TextEntry } from '../../../app/ports/deskTexts';
import { DomainError } from '../../../domain/errors';
import { type MailText, mailTextOf } from '../../../domain/notifications/mailTexts';
import { assertWording } from '../../../domain/notifications/textFaults';
import { assertMayChangeTexts } from '../../../domain/staff/rights';
import { apiPaths } from '../../../paths';
import { programText } from '../../../presentation/programTexts';
import type { Texts } from '../../../presentation/texts';
import type { HttpDeps } from '../../deps';
import type { SignedIn } from '../../middleware/staff';
import { type Operation, secured } from '../operation';
import { naming } from '../problems';
import { versionRequired, versionTag } from '../request';
import * as schema from '../schemas';
import { seenDesk } from './sight';
import { textsCsv, wordingLines } from './textsCsv';

type Deps = Pick<HttpDeps, 'app' | 'storage' | 'texts'>;

/** The operations on what a desk words itself: the texts of mails to clients. */
export function textOperations(deps: Deps): Operation[] {
  const { app, storage, texts } = deps;
  return [
    secured(
      {
        method: 'get',
        path: apiPaths.staffTexts,
        id: 'listTexts',
        summary: "The texts of clients' mails that the desk may word",
        csv: 'export',
        answer: { status: 200, description: 'All of them, mail by mail', schema: schema.OwnTexts },
      },
      async ({ params, who }) => {
        const { id } = await seenDesk(storage, who, params.desk);
        const entries = await textEntries(storage, id);
        return {
          body: { texts: entries.map(({ entry, mailText }) => textJson(entry, mailText, texts)) },
          csv: () => textsCsv(entries, texts),
        };
      },
    ),

    secured(
      {
        method: 'post',
        path: apiPaths.staffTexts,
        id: 'wordTexts',
        summary: 'Word many texts at once',
        description: 'All lines are taken or none; what they do not name stays as it is.',
        query: schema.ApplyQuery,
        csv: 'import',
        body: schema.WordingCsv,
        answer: { status: 200, description: 'What is or would be changed', schema: schema.WordingChanges },
        problems: [412],
      },
      async ({ params, query, body, who, idempotency }) => {
        const { id: deskId } = await seenDesk(storage, who, params.desk);
        assertMayChangeTexts(who, deskId);
        const applied = query.apply === 'true';
        const change = { who, deskId, lines: wordingLines(body), apply: applied, idempotency };
        const { value, replayed } = await app.wordTexts(change);
        return { body: { changes: value.changes, applied }, replayed };
      },
    ),

    secured(
      {
        method: 'get',
        path: apiPaths.staffText,
        id: 'readText',
        summary: 'One text',
        description: 'The ETag is its version.',
        answer: { status: 200, description: 'The text', schema: schema.OwnText },
      },
      async ({ params, who }) => {
        return textAnswer(await seenText(deps, who, params), texts);
      },
    ),

    secured(
      {
        method: 'put',
        path: apiPaths.staffText,
        id: 'wordText',
        summary: 'Word a text',
        description:
          'Of the placeholders only those of the text may stand in it, and those that are required must. Mails about what was done before are not changed.',
        versioned: 'required',
        body: schema.WordingRequest,
        answer: { status: 200, description: 'Mails are written with it from now on', schema: schema.OwnText },
      },
      async ({ params, body: { text }, who, req }) => {
        const { deskId, entry, mailText } = await changeableText(deps, who, params);
        const wording = withoutGaps(text);
        naming(
          (language) => `/text/${language}`,
          () => assertWording(mailText, wording),
        );
        const change = { who, deskId, key: entry.key, text: wording, ifVersion: versionRequired(req, entry) };
        return textAnswer({ mailText, entry: await app.wordText(change) }, texts);
      },
    ),

    secured(
      {
        method: 'delete',
        path: apiPaths.staffText,
        id: 'takeProgramsText',
        summary: "Take the program's text again, in all languages",
        versioned: 'required',
        answer: { status: 200, description: 'The text as it is now', schema: schema.OwnText },
      },
      async ({ params, who, req }) => {
        const { deskId, entry, mailText } = await changeableText(deps, who, params);
        const change = { who, deskId, key: entry.key, text: {}, ifVersion: versionRequired(req, entry) };
        return textAnswer({ mailText, entry: await app.wordText(change) }, texts);
      },
    ),
  ];
}

function textAnswer({ entry, mailText }: WordedText, texts: Texts) {
  return { body: textJson(entry, mailText, texts), headers: { ETag: versionTag(entry) } };
}

/** @throws DomainError `not-found`, also for a text that no desk may word */
async function seenText({ storage }: Deps, who: SignedIn, { desk, key }: { desk: string; key: string }) {
  const { id: deskId } = await seenDesk(storage, who, desk);
  const mailText = mailTextOf(key);
  if (!mailText) throw new DomainError('not-found');
  return { deskId, mailText, entry: await textEntry(storage, deskId, key) };
}

/** @throws DomainError `not-found`, `forbidden` */
async function changeableText(deps: Deps, who: SignedIn, params: { desk: string; key: string }) {
  const seen = await seenText(deps, who, params);
  assertMayChangeTexts(who, seen.deskId);
  return seen;
}

/** A language without a text is one that is left out. */
function withoutGaps(text: z.output<typeof schema.WordingRequest>['text']): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(text).filter((each): each is [string, string] => each[1] !== undefined));
}

/** Returns a text with all that is needed to word it. */
function textJson(
  { text, before, version }: TextEntry,
  mailText: MailText,
  texts: Texts,
): z.input<typeof schema.OwnText> {
  const { key, placeholders, maxLength, hasLines } = mailText;
  return {
    ...{ key, text, before, program: programText(texts, mailText) },
    placeholders: placeholders.map(({ name, required }) => ({ name, required })),
    ...{ maxLength, lines: hasLines, version },
  };
}

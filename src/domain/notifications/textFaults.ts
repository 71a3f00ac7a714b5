import { isPlain, lengthOf } from '../../fields/plainText';
import { DomainError } from '../errors';
import type { Text } from '../text';
import type { MailText } from './mailTexts';

/** What is asked of a wording. */
type WordingRule = Pick<MailText, 'hasLines' | 'maxLength' | 'placeholders'>;

/** What is wrong with a desk's own wording of a text. */
interface TextFault {
  readonly fault:
    | 'empty'
    | 'tooLong'
    | 'controls'
    | 'lines'
    | 'markup'
    | 'unknownPlaceholder'
    | 'brokenPlaceholder'
    | 'missingPlaceholder';
  /** The placeholder that it is about, as it was written; empty: none. */
  readonly placeholder: string;
}

/** A placeholder that is written correctly. */
const PLACEHOLDER = /\{\{([A-Za-z]+)\}\}/g;
/** What looks like an HTML tag, a comment or a character reference. Printed as it is, it would only puzzle clients. */
const MARKUP = /<[a-z/!?]|&(?:#\d+|#x[\da-f]+|[a-z]+);/i;

/** What ends a line, or jumps in it. */
const BREAKS = /[\n\r\t\u2028\u2029]/;

/**
 * Returns what is wrong with a desk's wording of a text; null if nothing is. A placeholder must be one that the program
 * fills in at this place, and those without which the client would miss something must be there.
 */
export function faultOf({ hasLines, maxLength, placeholders }: WordingRule, wording: string): TextFault | null {
  const wrong = (fault: TextFault['fault'], placeholder = ''): TextFault => ({ fault, placeholder });
  if (wording.trim() === '') return wrong('empty');
  if (lengthOf(wording) > maxLength) return wrong('tooLong');
  if (!hasLines && BREAKS.test(wording)) return wrong('lines');
  if (!isPlain(wording)) return wrong('controls');
  if (MARKUP.test(wording)) return wrong('markup');
  const used = [...wording.matchAll(PLACEHOLDER)].map(([, name = '']) => name);
  const unknown = used.find((name) => placeholders.every((each) => each.name !== name));
  if (unknown !== undefined) return wrong('unknownPlaceholder', unknown);
  if (/[{}]/.test(wording.replace(PLACEHOLDER, ''))) return wrong('brokenPlaceholder');
  const missing = placeholders.find(({ name, required }) => required && !used.includes(name));
  return missing ? wrong('missingPlaceholder', missing.name) : null;
}

/** @throws DomainError `invalid` that names the language as `part`, and says what is wrong and what is possible */
export function assertWording(rule: WordingRule, text: Text): void {
  for (const [language, wording] of Object.entries(text)) {
    const fault = faultOf(rule, wording);
    if (fault) throw new DomainError('invalid', { ...fault, reason: sentenceOf(fault, rule), part: language });
  }
}

/** Returns what a program is told of a fault; people read it in their own language. */
function sentenceOf({ fault, placeholder }: TextFault, { maxLength, placeholders }: WordingRule): string {
  const names = placeholders.map(({ name }) => `{{${name}}}`).join(', ');
  const possible = names ? `possible here: ${names}` : 'none is possible here';
  return {
    empty: 'expected some text; leave the language out for the text of the program',
    tooLong: `expected at most ${maxLength} characters`,
    lines: 'expected one line',
    controls: 'expected no control characters',
    markup: 'expected plain text: tags and character references are not understood',
    unknownPlaceholder: `{{${placeholder}}} is no placeholder of this text; ${possible}`,
    brokenPlaceholder: `a brace belongs to no placeholder; ${possible}, each written exactly so`,
    missingPlaceholder: `{{${placeholder}}} is missing, without which the client would not know enough`,
  }[fault];
}

/** Fills in the placeholders of a wording. Nothing in it is evaluated, and what is filled in is not looked at again. */
export function filledIn(wording: string, values: Readonly<Record<string, unknown>>): string {
  return wording.replace(PLACEHOLDER, (_, name: string) => String(values[name] ?? ''));
}

import { z } from 'zod';
import { MAX_ANSWER_LENGTH, MAX_QUESTIONS } from '../../../domain/booking/questions';
import { MAX_LINK_LENGTH, readVideoLink } from '../../../domain/booking/videoLink';
import { MAX_ADDRESS_LENGTH, readAddress } from '../../../domain/mailAddress';
import { parsePhone } from '../../../domain/phone';

/** What API and forms accept in a field. Messages say what is expected; forms show their own text for the same rule. */

/** Control characters and line breaks: never part of a name, and what header injection is made of. */
const BREAKS = /[\p{Cc}\u2028\u2029]/u;
/** The same without tab and line feed, for text of several lines. */
const CONTROLS = /[^\P{Cc}\t\n]/u;
/** Half a character: JSON can carry it, UTF-8 cannot. */
const LONE_SURROGATE = /\p{Cs}/u;
/** Something that can be seen; a name of spaces or zero-width characters only is none. */
const VISIBLE = /[^\p{C}\p{Z}\p{M}]/u;

/**
 * One line of text in any script, trimmed. Characters are code points, so that 200 letters are 200 letters in every script.
 * Bidi and zero-width characters are legal (names need them); whoever prints the line isolates it.
 */
export function line(most: number) {
  const expected = `expected 1 to ${most} characters in one line`;
  return z
    .string({ error: expected })
    .trim()
    .refine((text) => VISIBLE.test(text) && size(text) <= most, expected)
    .refine((text) => !BREAKS.test(text) && !LONE_SURROGATE.test(text), 'expected no control characters or line breaks')
    .meta({ override: { minLength: 1, maxLength: most } });
}

/** Text of several lines, perhaps none at all; line ends become `\n`. */
export function paragraph(most: number) {
  const expected = `expected at most ${most} characters`;
  return z
    .string({ error: expected })
    .overwrite((text) => text.replace(/\r\n?/g, '\n').trim())
    .refine((text) => size(text) <= most, expected)
    .refine((text) => !CONTROLS.test(text) && !LONE_SURROGATE.test(text), 'expected no control characters')
    .meta({ override: { maxLength: most } });
}

/** A person's or an organisation's name: one field, any script (no first and last name). */
export const name = line(200);

const EMAIL_EXPECTED = 'expected one mail address, such as name@domain.example';

/** One address, no display name, no list; as it goes on the envelope, its domain in ASCII. */
export const email = z
  .string({ error: EMAIL_EXPECTED })
  .trim()
  .max(MAX_ADDRESS_LENGTH, { error: `expected at most ${MAX_ADDRESS_LENGTH} characters`, abort: true })
  .refine((text) => readAddress(text) !== undefined, { error: EMAIL_EXPECTED, abort: true })
  .overwrite((text) => readAddress(text) ?? text)
  .meta({ override: { type: 'string', maxLength: MAX_ADDRESS_LENGTH }, example: 'name@domain.example' });

const MAX_TYPED_DIGITS = 40;
const PHONE_EXPECTED =
  'expected a phone number, with its country code unless it is German, and without an extension; at most 40 characters';

/** However people write it; as it is dialled (E.164). */
export const phone = z
  .string({ error: PHONE_EXPECTED })
  .trim()
  .max(MAX_TYPED_DIGITS, { error: PHONE_EXPECTED, abort: true })
  .refine((text) => parsePhone(text) !== undefined, { error: PHONE_EXPECTED, abort: true })
  .overwrite((text) => parsePhone(text) ?? text)
  .meta({
    override: { type: 'string', maxLength: MAX_TYPED_DIGITS },
    description: "In any script's digits; without a country code it is German. It is kept and answered as E.164.",
    example: '+49 211 1234567',
  });

const LINK_EXPECTED = `expected an https address without a password, of at most ${MAX_LINK_LENGTH} characters`;

/** Of a room of any video service. */
export const videoLink = z
  .string({ error: LINK_EXPECTED })
  .trim()
  .max(MAX_LINK_LENGTH, { error: LINK_EXPECTED, abort: true })
  .refine((text) => readVideoLink(text) !== undefined, { error: LINK_EXPECTED, abort: true })
  .overwrite((text) => readVideoLink(text) ?? text)
  .meta({
    override: { type: 'string', maxLength: MAX_LINK_LENGTH },
    description: 'https only',
    example: 'https://video.city.example/room-7',
  });

export const note = paragraph(500);
export const reason = paragraph(500);

export const attendees = z
  .int({ error: 'expected a whole number from 1 to 20' })
  .min(1, 'expected at least 1')
  .max(20, 'expected at most 20');

const LANGUAGE_EXPECTED = 'expected a BCP 47 language tag, such as de, en, ja or zh-Hant';

/** A language by its BCP 47 tag, written as RFC 5646 §2.1.1 recommends (`zh-Hant`, `pt-BR`), however it came. */
export const language = z
  .string({ error: LANGUAGE_EXPECTED })
  .max(35, { error: LANGUAGE_EXPECTED, abort: true })
  .regex(/^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/, { error: LANGUAGE_EXPECTED, abort: true })
  .refine(isLanguageTag, LANGUAGE_EXPECTED)
  .overwrite(conventionalCase)
  .meta({ example: 'en' });

/** A slug of a desk, topic or advisor; which of them exist is for the desk to say. */
export const slug = z.string({ error: 'expected an id' }).min(1, 'expected an id').max(100, 'expected an id');

/** Answers to the topic's questions, by their ids; which of them the topic asks and takes is for the domain to say. `__proto__` is no key to anything. */
export const answers = z
  .record(
    z.string().regex(/^[\w.-]{1,64}$/),
    z.union([paragraph(MAX_ANSWER_LENGTH), z.boolean()], { error: 'expected a text, true or false' }),
    { error: 'expected an object of texts, true or false, its keys 1 to 64 letters, digits, _ . or -' },
  )
  .refine((record) => Object.keys(record).length <= MAX_QUESTIONS, `expected at most ${MAX_QUESTIONS} answers`)
  .meta({
    description: "By the ids of the topic's questions: a text, true or false, the id of a choice, a day as 2026-12-31",
  });

/** That the privacy notice was shown and taken note of; not a legal basis. */
export const consent = z.literal(true, { error: 'expected true: the privacy notice was shown and taken note of' });

function size(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

function isLanguageTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

function conventionalCase(tag: string): string {
  return tag
    .split('-')
    .map((part, i) => {
      if (i > 0 && /^[A-Za-z]{4}$/.test(part)) return part.charAt(0).toUpperCase() + part.slice(1).toLowerCase();
      return i > 0 && part.length === 2 ? part.toUpperCase() : part.toLowerCase();
    })
    .join('-');
}

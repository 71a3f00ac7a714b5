import { z } from 'zod';
import { SUPPORT } from '../../domain/booking/booking';
import { MAX_ANSWER_LENGTH, MAX_QUESTIONS } from '../../domain/booking/questions';
import { isPlain, lengthOf, tidied } from '../plainText';

/** Control characters and line breaks. They are never part of a name, and they are what header injection needs. */
const BREAKS = /[\p{Cc}\u2028\u2029]/u;
/** A visible character. A name that consists only of spaces or zero-width characters is refused. */
const VISIBLE = /[^\p{C}\p{Z}\p{M}]/u;

/**
 * Returns a schema for one line of text in any script, which it trims. The limit counts code points, so that 200
 * letters are 200 letters in every script.
 * Bidi and zero-width characters are allowed because names need them; the code that prints the line isolates it.
 *
 * @param most the greatest length in code points
 */
export function line(most: number) {
  const expected = `expected 1 to ${most} characters in one line`;
  return z
    .string({ error: expected })
    .trim()
    .refine((text) => VISIBLE.test(text) && lengthOf(text) <= most, expected)
    .refine((text) => !BREAKS.test(text) && isPlain(text), 'expected no control characters or line breaks')
    .meta({ override: { minLength: 1, maxLength: most } });
}

/** Returns a schema for text of several lines, which may be empty; it converts line ends to `\n`. */
export function paragraph(most: number) {
  const expected = `expected at most ${most} characters`;
  return z
    .string({ error: expected })
    .overwrite(tidied)
    .refine((text) => lengthOf(text) <= most, expected)
    .refine(isPlain, 'expected no control characters')
    .meta({ override: { maxLength: most } });
}

/** The name of a person or an organisation, as one field in any script; there are no first and last names. */
export const name = line(200);

export const note = paragraph(500);
export const reason = paragraph(500);

/** A text that a desk writes about itself, of one or several lines. */
export const words = z.string().trim().min(1, 'expected some text').max(2000);

/**
 * Returns a schema for one text in several languages by their tags. German and English are required, because the pages
 * are in those languages.
 */
export function textInLanguages<T extends z.ZodType<string>>(
  words: T,
  isTag: (key: string) => boolean,
  { shape, keys }: { readonly shape?: string; readonly keys: string },
) {
  return z
    .object({ de: words, en: words }, shape)
    .catchall(words)
    .refine((text) => Object.keys(text).every(isTag), keys);
}

export const attendees = z
  .int({ error: 'expected a whole number from 1 to 20' })
  .min(1, 'expected at least 1')
  .max(20, 'expected at most 20');

/** What somebody needs to take part. */
export const support = z
  .array(z.enum(SUPPORT, { error: `expected ${SUPPORT.join(', ')}` }), { error: 'expected a list' })
  .max(SUPPORT.length, 'expected each once')
  .overwrite((list) => [...new Set(list)]);

/** So many minutes before the start a calendar reminds of it; a week at most. */
export const alarmMinutes = z
  .int({ error: 'expected a whole number of minutes from 0 to 10080' })
  .min(0, 'expected at least 0')
  .max(7 * 24 * 60, 'expected at most 10080, a week')
  .meta({ description: "The client's calendar entry reminds them so many minutes before the start" });

/**
 * Answers to the topic's questions, by question id; the domain checks which of them the topic asks for. `__proto__` is
 * refused as a key.
 */
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

/** Confirms that the privacy notice was shown and read; this is not consent as a legal basis. */
export const consent = z.literal(true, { error: 'expected true: the privacy notice was shown and taken note of' });

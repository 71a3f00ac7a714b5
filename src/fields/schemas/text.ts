import { z } from 'zod';
import { MAX_ANSWER_LENGTH, MAX_QUESTIONS } from '../../domain/booking/questions';
import { isPlain, lengthOf, tidied } from '../plainText';

/** Control characters and line breaks: never part of a name, and what header injection is made of. */
const BREAKS = /[\p{Cc}\u2028\u2029]/u;
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
    .refine((text) => VISIBLE.test(text) && lengthOf(text) <= most, expected)
    .refine((text) => !BREAKS.test(text) && isPlain(text), 'expected no control characters or line breaks')
    .meta({ override: { minLength: 1, maxLength: most } });
}

/** Text of several lines, perhaps none at all; line ends become `\n`. */
export function paragraph(most: number) {
  const expected = `expected at most ${most} characters`;
  return z
    .string({ error: expected })
    .overwrite(tidied)
    .refine((text) => lengthOf(text) <= most, expected)
    .refine(isPlain, 'expected no control characters')
    .meta({ override: { maxLength: most } });
}

/** A person's or an organisation's name: one field, any script (no first and last name). */
export const name = line(200);

export const note = paragraph(500);
export const reason = paragraph(500);

/** Text of a desk's own, of one line or several. */
export const words = z.string().trim().min(1, 'expected some text').max(2000);

/** One text in German and English at least, since those are the languages of the pages; perhaps in more, each by its tag. */
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

import { z } from 'zod';
import { conventionalCase, isLanguage, isLanguageTag } from '../languageTag';

const LANGUAGE_EXPECTED = 'expected a BCP 47 language tag, such as de, en, ja or zh-Hant';

/**
 * A language by its BCP 47 tag in any case; it is returned in the case that RFC 5646 §2.1.1 recommends (`zh-Hant`,
 * `pt-BR`).
 */
export const language = z
  .string({ error: LANGUAGE_EXPECTED })
  .max(35, { error: LANGUAGE_EXPECTED, abort: true })
  .regex(/^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/, { error: LANGUAGE_EXPECTED, abort: true })
  .refine(isLanguageTag, LANGUAGE_EXPECTED)
  .overwrite(conventionalCase)
  .meta({ example: 'en' });

/** A language tag in a desk's file: it must name a language that exists, and be written in the recommended case. */
export const deskLanguage = z.string().refine(isLanguage, 'expected a BCP 47 tag such as de, en, uk or zh-Hans');

/** The slug of a desk, topic or advisor. Only its form is checked; the desk knows which ones exist. */
export const slug = z.string({ error: 'expected an id' }).min(1, 'expected an id').max(100, 'expected an id');

/** A slug that a desk's file gives to a desk, topic or advisor. */
export const newSlug = z
  .string()
  .regex(/^[a-z0-9]+([-_][a-z0-9]+)*$/, 'expected small letters and digits with hyphens between, as settling-in')
  .max(60);

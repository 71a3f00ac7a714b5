import { z } from 'zod';
import { tidied } from '../../../fields/plainText';
import { CLIENT_LOCALES } from '../../../presentation/texts';
import { Text } from './text';

/** Longer than any text may be, whose own limit the domain knows. */
const MAX_WORDING_LENGTH = 2_000;

const LANGUAGES_EXPECTED = `expected texts by language, of ${CLIENT_LOCALES.join(', ')}`;

const wording = z
  .string({ error: 'expected a text' })
  .max(MAX_WORDING_LENGTH, `expected at most ${MAX_WORDING_LENGTH} characters`)
  .overwrite(tidied);

export const WordingRequest = z
  .strictObject(
    {
      text: z
        .partialRecord(z.enum(CLIENT_LOCALES), wording, { error: LANGUAGES_EXPECTED })
        .meta({ description: 'By language; in one that is left out the text of the program is used' }),
    },
    'expected an object',
  )
  .meta({ id: 'WordingRequest', example: { text: { de: 'Wir freuen uns auf Sie.' } } });

export const TrialRequest = z
  .strictObject(
    {
      language: z.enum(CLIENT_LOCALES, { error: `expected ${CLIENT_LOCALES.join(', ')}` }),
      text: wording.optional().meta({ description: 'As the text would be in this language; absent: as it is' }),
    },
    'expected an object',
  )
  .meta({ id: 'TrialRequest', example: { language: 'de', text: 'Wir freuen uns auf Sie.' } });

export const PreviewedMail = z
  .object({ language: z.string(), subject: z.string(), html: z.string(), text: z.string() })
  .meta({ id: 'PreviewedMail', description: 'Person, time and links are made up' });

export const TrialMail = z.object({ kind: z.string() }).meta({ id: 'TrialMail' });

export const ApplyQuery = z.object({
  apply: z
    .enum(['true', 'false'], { error: 'expected true or false' })
    .optional()
    .meta({ description: '`true` does it; otherwise the answer says what it would do' }),
});

export const WordingCsv = z.string({ error: 'expected CSV' }).meta({
  id: 'WordingCsv',
  description: 'Columns key, language, text and perhaps version; without a text the program is used again',
  example: 'key,language,text\r\nmail.greeting,de,"Guten Tag,"\r\n',
});

export const WordingChanges = z
  .object({
    changes: z.array(
      z.object({
        key: z.string(),
        language: z.string(),
        before: z.string().nullable().meta({ description: "Null: the program's text" }),
        after: z.string().nullable().meta({ description: "Null: the program's text" }),
      }),
    ),
    applied: z.boolean(),
  })
  .meta({ id: 'WordingChanges' });

export const OwnText = z
  .object({
    key: z.string(),
    text: Text.meta({ description: "The desk's own wording, by language; empty: it has none" }),
    before: Text.nullable().meta({ description: 'What it was before the last change; null: it was never changed' }),
    program: Text.meta({
      description:
        "The program's wording in each language, or that of the desk's file; used where the manager has none",
    }),
    placeholders: z.array(z.object({ name: z.string(), required: z.boolean() })),
    maxLength: z.int().meta({ description: 'In characters, before anything is filled in' }),
    lines: z.boolean().meta({ description: 'Whether it may have several lines' }),
    version: z.int().meta({ description: 'For If-Match, in double quotes; 0 if it was never changed' }),
  })
  .meta({ id: 'OwnText' });

export const OwnTexts = z.object({ texts: z.array(OwnText) }).meta({ id: 'OwnTexts' });

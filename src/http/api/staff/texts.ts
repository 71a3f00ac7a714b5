import type { z } from 'zod';
import { textEntries, textEntry, type WordedText } from '../../../app/desks/wordText';
import type { TextEntry } from '../../../app/ports/deskTexts';
import type { Desk } from '../../../domain/desk';
import { DomainError } from '../../../domain/errors';
import { assertWording } from '../../../domain/notifications/textFaults';
import { assertMayChangeTexts } from '../../../domain/staff/rights';
import type { Text } from '../../../domain/text';
import { type WordableText, wordableText } from '../../../domain/wordableTexts';
import { apiPaths } from '../../../paths';
import { usualText } from '../../../presentation/programTexts';
import type { Texts } from '../../../presentation/texts';
import { textsCsv, wordingLines } from '../../csv/textsCsv';
import type { HttpDeps } from '../../deps';
import type { SignedIn } from '../../middleware/staff';
import { type Operation, secured } from '../operation';
import { naming } from '../problems';
import { versionRequired, versionTag } from '../request';
import * as schema from '../schemas';
import { seenDesk } from './sight';

type Deps = Pick<HttpDeps, 'app' | 'storage' | 'texts'>;

/** The operations on what a desk words itself: the texts about it, and those of mails to clients. */
export function textOperations(deps: Deps): Operation[] {
  const { app, storage, texts } = deps;
  return [
    secured(
      {
        method: 'get',
        path: apiPaths.staffTexts,
        id: 'listTexts',
        summary: 'The texts that the desk may word: about itself, and of mails to clients',
        csv: 'export',
        answer: { status: 200, description: 'All of them, those of mails mail by mail', schema: schema.OwnTexts },
      },
      async ({ params, who }) => {
        const desk = await seenDesk(storage, who, params.desk);
        const entries = await textEntries(storage, desk.id);
        return {
          body: {
            texts: entries.map(({ entry, wordable }) => textJson(entry, wordable, usualText(texts, desk, wordable))),
          },
          csv: () => textsCsv(entries, desk, texts),
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
        answer: { status: 200, description: 'It is read so from now on', schema: schema.OwnText },
      },
      async ({ params, body: { text }, who, req }) => {
        const { desk, entry, wordable } = await changeableText(deps, who, params);
        const wording = withoutGaps(text);
        naming(
          (language) => `/text/${language}`,
          () => assertWording(wordable, wording),
        );
        const change = { who, deskId: desk.id, key: entry.key, text: wording, ifVersion: versionRequired(req, entry) };
        return textAnswer({ desk, wordable, entry: await app.wordText(change) }, texts);
      },
    ),

    secured(
      {
        method: 'delete',
        path: apiPaths.staffText,
        id: 'takeProgramsText',
        summary: "Take the program's text again, or that of the desk's file, in all languages",
        versioned: 'required',
        answer: { status: 200, description: 'The text as it is now', schema: schema.OwnText },
      },
      async ({ params, who, req }) => {
        const { desk, entry, wordable } = await changeableText(deps, who, params);
        const change = { who, deskId: desk.id, key: entry.key, text: {}, ifVersion: versionRequired(req, entry) };
        return textAnswer({ desk, wordable, entry: await app.wordText(change) }, texts);
      },
    ),
  ];
}

function textAnswer({ desk, entry, wordable }: WordedText & { readonly desk: Desk }, texts: Texts) {
  return { body: textJson(entry, wordable, usualText(texts, desk, wordable)), headers: { ETag: versionTag(entry) } };
}

/** @throws DomainError `not-found`, also for a text that no desk may word */
async function seenText({ storage }: Deps, who: SignedIn, { desk: deskId, key }: { desk: string; key: string }) {
  const desk = await seenDesk(storage, who, deskId);
  const wordable = wordableText(key);
  if (!wordable) throw new DomainError('not-found');
  return { desk, wordable, entry: await textEntry(storage, desk.id, key) };
}

/** @throws DomainError `not-found`, `forbidden` */
async function changeableText(deps: Deps, who: SignedIn, params: { desk: string; key: string }) {
  const seen = await seenText(deps, who, params);
  assertMayChangeTexts(who, seen.desk.id);
  return seen;
}

/** A language without a text is one that is left out. */
function withoutGaps(text: z.output<typeof schema.WordingRequest>['text']): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(text).filter((each): each is [string, string] => each[1] !== undefined));
}

/** Returns a text with all that is needed to word it. */
function textJson(
  { text, before, version }: TextEntry,
  wordable: WordableText,
  program: Text,
): z.input<typeof schema.OwnText> {
  const { key, placeholders, maxLength, hasLines } = wordable;
  return {
    ...{ key, text, before, program },
    placeholders: placeholders.map(({ name, required }) => ({ name, required })),
    ...{ maxLength, lines: hasLines, version },
  };
}

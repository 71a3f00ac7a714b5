import type { Kysely, Selectable } from 'kysely';
import type { DeskTexts, TextEntry } from '../app/ports/deskTexts';
import type { OwnTexts, Text } from '../domain/text';
import { fromJson, fromNullableJson, toNullableJson } from './json';
import type { Database } from './schema';

type Row = Selectable<Database['desk_text']>;

/** Stores the desks' own texts. An entry without any wording stays, so that its version goes on rising. */
export function deskTexts(db: Kysely<Database>): DeskTexts {
  const ofDesk = (deskId: string) => db.selectFrom('desk_text').selectAll().where('desk_id', '=', deskId);
  return {
    async list(deskId) {
      return (await ofDesk(deskId).orderBy('key').execute()).map(toEntry);
    },

    async find(deskId, key) {
      const row = await ofDesk(deskId).where('key', '=', key).executeTakeFirst();
      return row && toEntry(row);
    },

    async put(deskId, { key, text, before, version }) {
      const row = {
        desk_id: deskId,
        key,
        text_json: JSON.stringify(text),
        before_json: toNullableJson(before),
        version,
      };
      await db
        .insertInto('desk_text')
        .values(row)
        .onConflict((conflict) => conflict.columns(['desk_id', 'key']).doUpdateSet(row))
        .execute();
    },
  };
}

/** Returns the part of a desk that says what it words itself; without anything of it, a desk has no such part. */
export function ownTextsIn(rows: readonly Row[]): { readonly ownTexts?: OwnTexts } {
  const worded = rows.map(({ key, text_json }) => [key, fromJson<Text>(text_json)] as const);
  const own = worded.filter(([, text]) => Object.keys(text).length > 0);
  return own.length === 0 ? {} : { ownTexts: Object.fromEntries(own) };
}

function toEntry({ key, text_json, before_json, version }: Row): TextEntry {
  return { key, text: fromJson(text_json), before: fromNullableJson(before_json), version };
}

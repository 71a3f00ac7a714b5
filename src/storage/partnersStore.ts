import { type Kysely, type Selectable, sql } from 'kysely';
import type { DeskStore } from '../app/ports/deskStore';
import type { Partner } from '../domain/partner';
import { fromJson, fromNullableJson, toNullableJson } from './json';
import { entryOf, FROM_FILE, ofDesk, placeOf, type Stamp, succeedParts } from './partEntries';
import type { Database } from './schema';

type PartnersStore = Pick<DeskStore, 'partners' | 'putPartner'> & {
  /** Writes the partners of a desk's file as far as they differ; the others keep their version. */
  replacePartners(deskId: string, partners: readonly Partner[]): Promise<void>;
  isPartnerInUse(deskId: string, id: string): Promise<boolean>;
  removePartner(deskId: string, id: string): Promise<void>;
};

/** Stores the partners of a desk, each with its version. */
export function partnersStore(db: Kysely<Database>): PartnersStore {
  const partners: PartnersStore['partners'] = async (deskId) =>
    (await db.selectFrom('partner').where(ofDesk(deskId)).selectAll().orderBy('position').execute()).map((row) =>
      entryOf(toPartner(row), row),
    );

  return {
    partners,

    async putPartner(deskId, partner, origin) {
      const { position, version } = await placeOf(db, 'partner', deskId, partner.id);
      await addPartner(db, deskId, position, partner, { version, origin });
      return version;
    },

    async replacePartners(deskId, all) {
      await succeedParts<Partner>(db, 'partner', {
        ...{ deskId, before: await partners(deskId), all, seen: (partner) => partner },
        write: (partner, position, stamp) => addPartner(db, deskId, position, partner, stamp),
      });
    },

    async isPartnerInUse(deskId, id) {
      const rows = await db.selectFrom('topic').where(ofDesk(deskId)).select('partners_json').execute();
      return rows.some((row) => fromNullableJson<string[]>(row.partners_json)?.includes(id));
    },

    async removePartner(deskId, id) {
      await db.deleteFrom('partner').where(ofDesk(deskId)).where(sql<boolean>`id = ${id}`).execute();
    },
  };
}

/** Writes a partner, instead of the one with its id. @param position its place in the list that clients see */
export async function addPartner(
  db: Kysely<Database>,
  deskId: string,
  position: number,
  partner: Partner,
  stamp: Stamp = FROM_FILE,
): Promise<void> {
  const row = {
    desk_id: deskId,
    id: partner.id,
    position,
    name_json: JSON.stringify(partner.name),
    description_json: JSON.stringify(partner.description),
    address: partner.address,
    phone: partner.phone,
    email: partner.email,
    website: partner.website,
    hours_json: toNullableJson(partner.hours),
    bring_json: toNullableJson(partner.bring),
    booking_url: partner.bookingUrl,
    booking_desk: partner.bookingDesk,
    retired: partner.retired ? 1 : 0,
    ...stamp,
  };
  await db
    .insertInto('partner')
    .values(row)
    .onConflict((conflict) => conflict.columns(['desk_id', 'id']).doUpdateSet(row))
    .execute();
}

export function toPartner(row: Selectable<Database['partner']>): Partner {
  return {
    id: row.id,
    name: fromJson(row.name_json),
    description: fromJson(row.description_json),
    address: row.address,
    phone: row.phone,
    email: row.email,
    website: row.website,
    hours: fromNullableJson(row.hours_json),
    bring: fromNullableJson(row.bring_json),
    bookingUrl: row.booking_url,
    bookingDesk: row.booking_desk,
    ...(row.retired === 1 ? { retired: true } : {}),
  };
}

import { join } from 'node:path';
import type { SignedIn } from '../../src/http/middleware/staff';
import { type Locale, loadTexts, type Reader } from '../../src/presentation/texts';
import { aReceptionist } from './builders';

/** The real texts of all languages. */
export const TEXTS = loadTexts(join(__dirname, '../../views'), { production: false });

/** A client, with the real texts. */
export function aClientWhoReads(locale: Locale): Reader {
  return { locale, t: TEXTS.in('client', locale) };
}

/** Somebody of the staff who reads English. */
export const ENGLISH_STAFF: Reader = { locale: 'en', t: TEXTS.in('staff', 'en') };

/** Somebody of the staff who reads German. */
export const GERMAN_STAFF: Reader = { locale: 'de', t: TEXTS.in('staff', 'de') };

/** A signed-in receptionist of the expat desk, as the pages' code gets them. */
export const RECEPTIONIST: SignedIn = { ...aReceptionist(), id: 'user-rezi', userId: 'user-rezi' };

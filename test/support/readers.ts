import { join } from 'node:path';
import type { SignedIn } from '../../src/http/middleware/staff';
import { type Locale, loadTexts, type Reader } from '../../src/presentation/texts';
import { aReceptionist } from './builders';

const texts = loadTexts(join(__dirname, '../../views'), { production: false });

/** A client, with the real texts. */
export function aClientWhoReads(locale: Locale): Reader {
  return { locale, t: texts.in('client', locale) };
}

/** Somebody of the staff who reads English. */
export const ENGLISH_STAFF: Reader = { locale: 'en', t: texts.in('staff', 'en') };

/** A receptionist of the expat desk, as the pages know who is signed in. */
export const RECEPTIONIST: SignedIn = { ...aReceptionist(), id: 'user-rezi', userId: 'user-rezi' };

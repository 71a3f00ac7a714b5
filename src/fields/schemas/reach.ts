import { z } from 'zod';
import { MAX_ADDRESS_LENGTH, readAddress } from '../mailAddress';
import { isDeskPhone, parsePhone } from '../phone';
import { MAX_LINK_LENGTH, readVideoLink } from '../videoLink';
import { words } from './text';

const EMAIL_EXPECTED = 'expected one mail address, such as name@domain.example';

/**
 * One mail address without display name or list; it is returned as it goes on the envelope, with its domain in ASCII.
 */
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

/** A phone number in any usual notation; it is returned as it is dialled (E.164). */
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

/** Returns a schema for an https address that a browser can open. */
function httpsAddress(example: string) {
  return z
    .string({ error: LINK_EXPECTED })
    .trim()
    .max(MAX_LINK_LENGTH, { error: LINK_EXPECTED, abort: true })
    .refine((text) => readVideoLink(text) !== undefined, { error: LINK_EXPECTED, abort: true })
    .overwrite((text) => readVideoLink(text) ?? text)
    .meta({ override: { type: 'string', maxLength: MAX_LINK_LENGTH }, description: 'https only', example });
}

/** The link of a video room at any service. */
export const videoLink = httpsAddress('https://video.city.example/room-7');

/** The address of somebody else's page. */
export const webAddress = httpsAddress('https://www.city.example/');

/** A desk's own phone number, kept as it is written; short numbers such as 115 are allowed. */
export const deskPhone = words.refine(
  isDeskPhone,
  'expected a phone number, with its country code unless it is German',
);

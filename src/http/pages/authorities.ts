/**
 * Authorities of North Rhine-Westphalia to which people can complain about a desk, with their official names and
 * addresses.
 */

/** BGG NRW § 10d; the address is published by IT.NRW, the supervising body. */
export const OMBUDS_OFFICE = {
  name: 'Ombudsstelle für barrierefreie Informationstechnik des Landes Nordrhein-Westfalen',
  url: 'https://www.lbbp.nrw.de/ombudsstelle',
  email: 'ombudsstelle-barrierefreie-it@mags.nrw.de',
} as const;

/** Art. 51 GDPR, § 25 DSG NRW. */
export const DATA_PROTECTION_AUTHORITY = {
  name: 'Landesbeauftragte für Datenschutz und Informationsfreiheit Nordrhein-Westfalen',
  url: 'https://www.ldi.nrw.de',
  email: 'poststelle@ldi.nrw.de',
  phone: '+49 211 38424 0',
  address: 'Kavalleriestraße 2–4, 40213 Düsseldorf',
} as const;

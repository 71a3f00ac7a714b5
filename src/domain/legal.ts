import type { LocalDate } from './calendar/hours';
import type { Text } from './text';

/** How far the desk's pages are accessible, for its accessibility statement (BGG NRW § 10b). */
interface Accessibility {
  readonly status: 'full' | 'partial' | 'none';
  /** When the statement was made, and when it was last reviewed. */
  readonly made: LocalDate;
  readonly reviewed: LocalDate;
  /** How the conformance was determined. Null: as it was for the program's own pages. */
  readonly tested: Text | null;
  /**
   * What is not accessible in addition to the gaps of the program's own pages, why, and which alternative there is; one
   * gap per line.
   */
  readonly gaps: Text | null;
}

/** The contact of an office; it never names a person. */
interface Office {
  readonly email: string;
  readonly phone: string | null;
  readonly address: string | null;
}

/** The facts that the law requires a desk to publish. */
export interface Legal {
  /**
   * The body responsible for the desk, one line for each part of its name and address. Null: only the desk is named.
   */
  readonly carrier: Text | null;
  readonly dataProtectionOfficer: Office | null;
  readonly accessibility: Accessibility;
  /** Where the desk's video in Deutsche Gebärdensprache can be seen; absent: there is none. */
  readonly signLanguageVideo?: string | undefined;
}

/** The default for a desk's file that does not set them: the result of the last review of the program's pages. */
export const USUAL_LEGAL: Legal = {
  carrier: null,
  dataProtectionOfficer: null,
  accessibility: { status: 'partial', made: '2026-11-28', reviewed: '2026-11-28', tested: null, gaps: null },
};

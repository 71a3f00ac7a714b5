import type { Desk } from '../../domain/desk';
import { mayChangeHours, mayChangeTexts, mayPlanAbsences, maySeeFigures } from '../../domain/staff/rights';
import { inLanguage } from '../../domain/text';
import { ABOUT_PAGES, type AboutPage, paths, url } from '../../paths';
import { clientLocaleFor, isPageLocale, type Reader } from '../../presentation/texts';
import type { SignedIn } from '../middleware/staff';

/**
 * What `layouts/main` prints around a page: the desk's name, and the links that every page of a public body must have.
 */
interface DeskFrame {
  readonly site: { readonly name: string; readonly href: string };
  /** `lang` if the text is German on every page. */
  readonly aboutLinks: readonly { readonly href: string; readonly text: string; readonly lang?: string }[];
}

/** These pages are German for all readers, because Leichte Sprache and Deutsche Gebärdensprache are German. */
export const GERMAN_PAGES: readonly AboutPage[] = ['easy-language', 'sign-language'];

/** Returns the frame for `res.locals`: `Object.assign(res.locals, deskFrame(desk, res.locals))`. */
export function deskFrame(desk: Pick<Desk, 'id' | 'name'>, { locale, t }: Reader): DeskFrame {
  const params = { locale: isPageLocale(locale) ? locale : clientLocaleFor(locale), desk: desk.id };
  return {
    site: { name: inLanguage(desk.name, locale), href: url(paths.start, params) },
    aboutLinks: ABOUT_PAGES.map((page) => ({
      href: url(paths.about, { ...params, page }),
      text: t(`common.footer.${page}`),
      ...(GERMAN_PAGES.includes(page) && { lang: 'de' }),
    })),
  };
}

const SECTIONS = {
  day: paths.staffDay,
  bookings: paths.staffBookings,
  new: paths.staffNewBooking,
  queue: paths.staffQueue,
  tasks: paths.staffTasks,
  plans: paths.staffPlans,
  hours: paths.staffHours,
  texts: paths.staffTexts,
  figures: paths.staffFigures,
};
export type StaffSection = keyof typeof SECTIONS;

/** What `layouts/staff` prints around a page. */
interface StaffFrame extends Pick<DeskFrame, 'site'> {
  readonly layout: 'staff';
  readonly user: { readonly name: string };
  readonly nav: readonly { readonly href: string; readonly text: string; readonly current: boolean }[];
  readonly signOutHref: string;
  /** The search over every page: the page that does the same, and where it looks. */
  readonly palette: { readonly searchHref: string; readonly findHref: string };
}

/**
 * Returns the frame of staff pages for `res.locals`. `current` is the part of the navigation to which the page belongs,
 * if any.
 */
export function staffFrame(
  desk: Pick<Desk, 'id' | 'name'>,
  { locale, t, user, current }: Reader & { readonly user: SignedIn; readonly current?: StaffSection },
): StaffFrame {
  const all = Object.entries(SECTIONS) as [StaffSection, string][];
  const isFor: Partial<Record<StaffSection, boolean>> = {
    plans: mayPlanAbsences(user, desk.id),
    hours: mayChangeHours(user, desk.id),
    texts: mayChangeTexts(user, desk.id),
    figures: maySeeFigures(user, desk.id),
  };
  const sections = all.filter(([section]) => isFor[section] ?? true);
  return {
    layout: 'staff',
    site: { name: inLanguage(desk.name, locale), href: url(paths.staffDay, { desk: desk.id }) },
    user: { name: user.name },
    nav: sections.map(([section, path]) => ({
      href: url(path, { desk: desk.id }),
      text: t(`staff.nav.${section}`),
      current: section === current,
    })),
    signOutHref: paths.signOut,
    palette: {
      searchHref: url(paths.staffBookings, { desk: desk.id }),
      findHref: url(paths.staffFind, { desk: desk.id }),
    },
  };
}

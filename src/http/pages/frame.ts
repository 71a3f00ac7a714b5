import type { Desk } from '../../domain/desk';
import { mayKeepCases } from '../../domain/staff/caseRights';
import {
  mayChangeDeskData,
  mayChangeHours,
  mayChangeTexts,
  mayKeepWebhooks,
  mayPlanAbsences,
  maySeeFigures,
  mayServeWaiting,
  ownAdvisorAt,
} from '../../domain/staff/rights';
import { inLanguage } from '../../domain/text';
import { ABOUT_PAGES, type AboutPage, paths, url } from '../../paths';
import { clientLocaleFor, isPageLocale, type Reader } from '../../presentation/texts';
import type { SignedIn } from '../middleware/staff';
import { staffStart } from './staffStart';

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
  mine: paths.staffMyDay,
  day: paths.staffDay,
  bookings: paths.staffBookings,
  new: paths.staffNewBooking,
  queue: paths.staffQueue,
  waiting: paths.staffWaitingList,
  cases: paths.staffCases,
  tasks: paths.staffTasks,
  plans: paths.staffPlans,
  calendars: paths.staffCalendars,
  figures: paths.staffFigures,
};
/** What managers keep of the desk; it has one place in the navigation, and a navigation of its own below it. */
const KEPT = {
  hours: paths.staffHours,
  topics: paths.staffTopics,
  partners: paths.staffPartners,
  advisors: paths.staffAdvisors,
  reserves: paths.staffReserves,
  texts: paths.staffTexts,
  webhooks: paths.staffWebhooks,
};
type KeptSection = keyof typeof KEPT;
export type StaffSection = keyof typeof SECTIONS | KeptSection;

interface FrameLink {
  readonly href: string;
  readonly text: string;
  readonly current: boolean;
}

/** What `layouts/staff` prints around a page. */
interface StaffFrame extends Pick<DeskFrame, 'site'> {
  readonly layout: 'staff';
  readonly user: { readonly name: string };
  readonly nav: readonly FrameLink[];
  /** The parts of what managers keep, on their pages. */
  readonly keptNav: readonly FrameLink[] | undefined;
  readonly signOutHref: string;
  /** The search over every page: the page that does the same, and where it looks. */
  readonly palette: { readonly searchHref: string; readonly findHref: string };
}

/**
 * Returns the frame of staff pages for `res.locals`. `current` is the part of the navigation to which the page belongs,
 * if any.
 */
export function staffFrame(
  desk: Pick<Desk, 'id' | 'name' | 'cases'>,
  { locale, t, user, current }: Reader & { readonly user: SignedIn; readonly current?: StaffSection },
): StaffFrame {
  const link = ([section, path]: [string, string]) => ({
    href: url(path, { desk: desk.id }),
    text: t(`staff.nav.${section}`),
    current: section === current,
  });
  const isFor: Partial<Record<string, boolean>> = {
    mine: ownAdvisorAt(user, desk.id) !== null,
    plans: mayPlanAbsences(user, desk.id),
    figures: maySeeFigures(user, desk.id),
    waiting: mayServeWaiting(user, desk.id),
    cases: desk.cases !== null && mayKeepCases(user, desk.id),
  };
  const sections = Object.entries(SECTIONS).filter(([section]) => isFor[section] ?? true);
  const kept = keptSections(user, desk.id);
  const isKept = kept.some(([section]) => section === current);
  const first = kept[0];
  return {
    layout: 'staff',
    site: { name: inLanguage(desk.name, locale), href: staffStart(user, desk.id) },
    user: { name: user.name },
    nav: [...sections.map(link), ...(first ? [{ ...link(first), text: t('staff.nav.kept'), current: isKept }] : [])],
    keptNav: isKept && kept.length > 1 ? kept.map(link) : undefined,
    signOutHref: paths.signOut,
    palette: {
      searchHref: url(paths.staffBookings, { desk: desk.id }),
      findHref: url(paths.staffFind, { desk: desk.id }),
    },
  };
}

function keptSections(user: SignedIn, deskId: string): [KeptSection, string][] {
  const mayChangeData = mayChangeDeskData(user, deskId);
  const isFor: Record<KeptSection, boolean> = {
    hours: mayChangeHours(user, deskId),
    topics: mayChangeData,
    partners: mayChangeData,
    advisors: mayChangeData,
    reserves: mayChangeData,
    texts: mayChangeTexts(user, deskId),
    webhooks: mayKeepWebhooks(user, deskId),
  };
  return (Object.entries(KEPT) as [KeptSection, string][]).filter(([section]) => isFor[section]);
}

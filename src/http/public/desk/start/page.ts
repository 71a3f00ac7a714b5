import { Router } from 'express';
import type { FirstFree } from '../../../../app/slots/firstFree';
import { type Desk, topicsOnOffer } from '../../../../domain/desk';
import { inLanguage } from '../../../../domain/text';
import { paths, url } from '../../../../paths';
import type { Reader } from '../../../../presentation/texts';
import type { HttpDeps } from '../../../deps';
import { contactView } from '../../../pages/contact';
import { loadDesk } from '../../../pages/deskPage';
import { deskFrame } from '../../../pages/frame';
import { hoursView, openView } from '../../../pages/hoursView';
import { nearWhen } from '../../../pages/nearWhen';
import { journeyUrl } from '../../journey/journey';
import { languageLabel } from '../../journey/journeyView';

type Deps = Pick<HttpDeps, 'app' | 'storage' | 'now'>;

/** The list of desks, and each desk's start page with its hours, its first free times and its topics. */
export function startRoutes(deps: Deps): Router {
  const router = Router();

  router.get(paths.deskList, async (req, res) => {
    const { locale, t } = res.locals;
    const desks = await deps.storage.desks.list();
    const [only] = desks;
    if (only && desks.length === 1) {
      // The address of the desk contains the language already.
      const { lang: _, ...query } = req.query as Record<string, string | string[]>;
      return res.redirect(303, url(paths.start, { locale, desk: only.id }, query));
    }
    // All desks belong to one organisation, so imprint and privacy notice of one apply to the list as well.
    if (only) Object.assign(res.locals, { aboutLinks: deskFrame(only, res.locals).aboutLinks });
    res.render('pages/public/desk/deskList', {
      title: t('booking.deskList.title'),
      desks: desks.map((desk) => deskCard(desk, deps.now(), { locale, t })),
    });
  });

  router.get(paths.start, loadDesk(deps), async (_req, res) => {
    const { locale, t } = res.locals;
    const { desk, firstFree } = await deps.app.findFirstFree(res.locals.desk?.id ?? '');
    const place = { locale, desk: desk.id };
    res.render('pages/public/desk/start', {
      title: inLanguage(desk.headline, locale),
      headline: inLanguage(desk.headline, locale),
      about: inLanguage(desk.about, locale),
      bookHref: journeyUrl('language', place, {}),
      findHref: url(paths.findBooking, place),
      notSureHref: journeyUrl('topics', place, {}),
      ...hoursView(desk, deps.now(), { locale, t }),
      next: firstFree.map((found) => firstFreeView({ desk, now: deps.now() }, found, { locale, t })),
      onRequest: t('booking.start.onRequest'),
      topics: topicsOnOffer(desk).map((topic) => ({
        name: inLanguage(topic.name, locale),
        description: inLanguage(topic.description, locale),
        href: journeyUrl('language', place, { topic }),
      })),
      contact: contactView(desk),
    });
  });
  return router;
}

function deskCard(desk: Desk, now: number, { locale, t }: Reader) {
  const open = openView(desk, now, { locale, t });
  return {
    name: inLanguage(desk.name, locale),
    headline: inLanguage(desk.headline, locale),
    href: url(paths.start, { locale, desk: desk.id }),
    findHref: url(paths.findBooking, { locale, desk: desk.id }),
    open: open.text,
    isOpen: open.now,
  };
}

/** Returns lines such as "English: tomorrow, 10:30". */
function firstFreeView(
  { desk, now }: { readonly desk: Desk; readonly now: number },
  { language, start }: FirstFree,
  { locale, t }: Reader,
) {
  const { timeZone } = desk.hours;
  return {
    language: languageLabel(language),
    isFree: start !== null,
    when: start === null ? t('booking.start.nothingFree') : nearWhen(start, { timeZone, now }, { locale, t }),
    href: journeyUrl('topic', { locale, desk: desk.id }, { language }),
  };
}

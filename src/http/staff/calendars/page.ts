import type { Request, Response } from 'express';
import type { Desk } from '../../../domain/desk';
import { isRefusal } from '../../../domain/errors';
import { mayKeepFeed } from '../../../domain/staff/rights';
import { absolute, paths, url } from '../../../paths';
import { HOUSE_LOCALE } from '../../../presentation/texts';
import type { HttpDeps } from '../../deps';
import { deed } from '../../keptForm';
import type { Page } from '../../wiring';
import { signedIn } from '../desk';
import { bodyOf, type Fields, type FormError, keyOf, queryOf } from '../forms';
import { handOver, takeOver } from '../shownOnce';
import { calendarsView, DEEDS, WHOLE_DESK } from './view';

type Deps = Pick<HttpDeps, 'app' | 'storage' | 'now' | 'ids' | 'tokens' | 'sealer' | 'baseUrl'>;

/** The calendars to which somebody can subscribe: an advisor their own, reception and managers that of everybody. */
export function calendarsPage(deps: Deps): Page<Desk> {
  const { app, storage, ids, now } = deps;
  const show = async (req: Request, res: Response, desk: Desk, errors?: readonly FormError[]) => {
    const who = signedIn(res);
    const { done } = queryOf(req);
    const feeds = (await storage.feeds.list(desk.id)).filter((feed) => mayKeepFeed(who, feed));
    const busy = who.advisorId === null ? undefined : await storage.busyCalendars.find(desk.id, who.advisorId);
    const token = takeOver(deps, req, res, addressOf(desk));
    const view = calendarsView(
      {
        ...{ desk, who, feeds, busy, now: now(), errors, key: ids.uuid(), fields: bodyOf(req) },
        address: token === undefined ? undefined : feedAddress(deps, res, token),
        done: DEEDS.find((each) => each === done),
      },
      res.locals,
    );
    res.render('pages/staff/calendars', view);
  };
  return {
    get: (desk, req, res) => show(req, res, desk),

    async post(desk, req, res) {
      const fields = bodyOf(req);
      const who = signedIn(res);
      const idempotency = keyOf(deps, res, { what: `calendars ${desk.id}`, fields });
      const lead = (done: (typeof DEEDS)[number]) =>
        res.redirect(303, url(paths.staffCalendars, { desk: desk.id }, { done }));
      const { feed: id = '' } = fields;
      if (fields.step === 'busy' || fields.step === 'notBusy') {
        const wrongUrl = await enterBusy(deps, res, desk, fields);
        if (wrongUrl === undefined) return lead(fields.step);
        return show(req, res.status(422), desk, [{ href: '#url', text: wrongUrl }]);
      }
      if (fields.step === 'revoke') {
        await deed(res, () => app.removeFeed({ who, id }));
        return lead('revoked');
      }
      if (fields.step === 'renew') {
        const { value } = await deed(res, () => app.renewFeed({ who, id, idempotency }));
        handOver(deps, res, addressOf(desk), value.token);
        return lead('renewed');
      }
      const advisorId = whoseOf(desk, fields);
      const wrong = (href: string, text: string) => show(req, res.status(422), desk, [{ href, text }]);
      if (advisorId === undefined) return wrong('#whose', res.locals.t('calendars.wrong.whose'));
      try {
        const about = { deskId: desk.id, advisorId, names: fields.names === 'true', userId: who.userId };
        const { value } = await deed(res, () => app.addFeed({ who, ...about, idempotency }));
        handOver(deps, res, addressOf(desk), value.token);
        lead('added');
      } catch (error) {
        if (!isRefusal(error, 'invalid')) throw error;
        const why = String(error.details.unfit);
        await wrong(why === 'names' ? '#names' : '#whose', res.locals.t(`calendars.wrong.${why}`));
      }
    },
  };
}

/** Enters the own calendar of the advisor who is signed in, or removes it. @returns why that was refused */
async function enterBusy(
  { app }: Deps,
  res: Response,
  desk: Desk,
  { step, url: typed = '' }: Fields,
): Promise<string | undefined> {
  const { t } = res.locals;
  const who = signedIn(res);
  if (step === 'busy' && typed === '') return t('calendars.busy.wrong.url');
  try {
    const about = { who, deskId: desk.id, advisorId: who.advisorId ?? '', url: step === 'busy' ? typed : null };
    await deed(res, () => app.setBusyCalendar(about));
    return undefined;
  } catch (error) {
    if (!isRefusal(error, 'invalid')) throw error;
    return t(`calendars.busy.wrong.${error.details.unfit}`);
  }
}

/** Returns whose calendar is meant; null: the whole desk's; undefined: nobody's that there is. */
function whoseOf({ advisors }: Desk, { whose }: Fields): string | null | undefined {
  if (whose === WHOLE_DESK) return null;
  return advisors.find(({ id, retired }) => id === whose && !retired)?.id;
}

/** Where the address of a feed is shown, once. */
function addressOf({ id }: Desk) {
  return { cookie: 'feedAddress', path: url(paths.staffCalendars, { desk: id }), of: id } as const;
}

function feedAddress({ baseUrl }: Deps, { locals: { locale } }: Response, feedToken: string): string {
  const query = locale === HOUSE_LOCALE ? {} : { lang: locale };
  return absolute(baseUrl, url(paths.calendarFeed, { feedToken }, query));
}

import type { Response } from 'express';
import type { AbsenceEntry } from '../../../app/ports/deskStore';
import type { Desk } from '../../../domain/desk';
import { DomainError, isRefusal } from '../../../domain/errors';
import { assertMayChangeAbsences } from '../../../domain/staff/rights';
import { paths, url } from '../../../paths';
import type { HttpDeps } from '../../deps';
import { deed } from '../../keptForm';
import { fieldTimeOrNull } from '../../typedTime';
import type { Guard, Page } from '../../wiring';
import { enterDesk, signedIn } from '../desk';
import { bodyOf, type Fields, type FormError, reasonError } from '../forms';
import { absenceView } from './view';

/** An absence that a page is about, with its desk. */
interface AbsenceAtDesk {
  readonly desk: Desk;
  readonly entry: AbsenceEntry;
}

/** The guard of the page about the absence in the address. @throws DomainError `not-found`, `forbidden` */
export function absenceToChange({ storage }: Pick<HttpDeps, 'storage'>): Guard<AbsenceAtDesk> {
  return async (req, res) => {
    const desk = await enterDesk({ storage }, res, String(req.params.desk), 'plans');
    const entry = await storage.desks.findAbsence(String(req.params.id));
    if (entry?.deskId !== desk.id) throw new DomainError('not-found');
    assertMayChangeAbsences(signedIn(res), desk.id, entry.absence.advisorId);
    return { desk, entry };
  };
}

/** An absence is given another time or reason, so also shortened, or is withdrawn. */
export function absencePage({ app }: Pick<HttpDeps, 'app'>): Page<AbsenceAtDesk> {
  return {
    get: (about, req, res) => show(res, about, { fields: bodyOf(req) }),

    async post({ desk, entry }, req, res) {
      const fields = bodyOf(req);
      const who = signedIn(res);
      const ifVersion = Number(fields.seen) || undefined;
      const list = (query: Record<string, string | number>) =>
        res.redirect(303, url(paths.staffAbsences, { desk: desk.id }, query));
      try {
        if (fields.step === 'withdraw') {
          await deed(res, () => app.removeAbsence({ who, entry, ifVersion }));
          return list({ done: 'withdrawn' });
        }
        const read = readTimes(desk, fields, res);
        if ('errors' in read) return show(res.status(422), { desk, entry }, { fields, errors: read.errors });
        const { affected } = await deed(res, () => app.replaceAbsence({ who, entry, ...read, ifVersion }));
        list({ done: 'changed', affected: affected.length });
      } catch (error) {
        const refusal = isRefusal(error, 'version-moved-on')
          ? 'staff.absence.movedOn'
          : isRefusal(error, 'no-effect')
            ? 'staff.absence.noEffect'
            : undefined;
        if (refusal === undefined) throw error;
        // Who has not seen the newest is shown that; what was typed stays where it was refused for another reason.
        const kept = refusal === 'staff.absence.movedOn' ? {} : fields;
        show(res.status(409), { desk, entry }, { fields: kept, refusal: res.locals.t(refusal) });
      }
    },
  };
}

function readTimes(desk: Desk, fields: Fields, { locals }: Response) {
  const { t } = locals;
  const [start, end] = [fieldTimeOrNull(desk, fields.from), fieldTimeOrNull(desk, fields.until)];
  const wrongReason = reasonError(fields.reason, locals);
  const errors: FormError[] = [
    ...(start === null ? [{ href: '#from', text: t('staff.absence.wrong.time') }] : []),
    ...(end === null ? [{ href: '#until', text: t('staff.absence.wrong.time') }] : []),
    ...(start !== null && end !== null && end <= start
      ? [{ href: '#until', text: t('staff.absence.wrong.until') }]
      : []),
    ...(wrongReason ? [{ href: '#reason', text: wrongReason }] : []),
  ];
  if (errors.length > 0 || start === null || end === null) return { errors };
  return { time: { start, end }, reason: fields.reason || null };
}

function show(
  res: Response,
  about: AbsenceAtDesk,
  more: { fields: Fields; errors?: readonly FormError[]; refusal?: string },
): void {
  res.render('pages/staff/absence', absenceView({ ...about, ...more }, res.locals));
}

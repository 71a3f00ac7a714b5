import type { Response } from 'express';
import type { Desk } from '../../../domain/desk';
import { isRefusal } from '../../../domain/errors';
import { inLanguage } from '../../../domain/text';
import { paths, url } from '../../../paths';
import type { HttpDeps } from '../../deps';
import { deed } from '../../keptForm';
import type { Page } from '../../wiring';
import { signedIn } from '../desk';
import { bodyOf, type Fields, type FormError, keyOf } from '../forms';
import { clientReader } from '../hours/clientReader';
import { planHours } from '../hours/planHours';
import { previewView } from '../hours/previewView';
import { copyHoursView } from './view';

type Deps = Pick<HttpDeps, 'app' | 'storage' | 'now' | 'ids' | 'tokens' | 'texts'>;

/** Takes over the opening rules of another desk, which everybody may read, after showing what that would change. */
export function copyHoursPage(deps: Deps): Page<Desk> {
  return {
    get: (desk, req, res) => show(deps, res, desk, { fields: bodyOf(req) }),

    async post(desk, req, res) {
      const fields = bodyOf(req);
      const { t, locale } = res.locals;
      const other = fields.other && fields.other !== desk.id ? await deps.storage.desks.find(fields.other) : undefined;
      if (!other)
        return show(deps, res.status(422), desk, {
          fields,
          errors: [{ href: '#other', text: t('staff.copyHours.choose') }],
        });
      const { rules } = other.hours;
      const who = signedIn(res);
      if (fields.step === 'plan') return planHours(deps, res, desk, { fields, hours: { rules, exceptions: [] } });
      if (fields.step !== 'enter') {
        const preview = await deps.app.previewHours({ who, deskId: desk.id, proposal: { rules } });
        return show(deps, res, desk, { fields, other, preview: previewView(preview, res.locals) });
      }
      try {
        const idempotency = keyOf(deps, res, { what: `copy hours ${desk.id}`, fields });
        const why = t('staff.copyHours.why', { desk: inLanguage(other.name, locale) });
        const change = { who, deskId: desk.id, rules, why, ifVersion: Number(fields.seen), idempotency };
        await deed(res, () => deps.app.replaceOpeningRules(change));
        res.redirect(303, url(paths.staffHours, { desk: desk.id }, { done: 'rules' }));
      } catch (error) {
        if (!isRefusal(error, 'version-moved-on')) throw error;
        await show(deps, res.status(412), desk, { fields: { other: other.id }, refusal: t('staff.rule.movedOn') });
      }
    },
  };
}

interface Shown {
  readonly fields: Fields;
  readonly other?: Desk;
  readonly preview?: ReturnType<typeof previewView>;
  readonly errors?: readonly FormError[];
  readonly refusal?: string;
}

async function show(deps: Deps, res: Response, desk: Desk, shown: Shown): Promise<void> {
  const others = (await deps.storage.desks.list()).filter(({ id }) => id !== desk.id);
  const seen = shown.fields.seen ?? String((await deps.storage.hoursVersions.latest(desk.id))?.number ?? 0);
  const facts = { ...shown, desk, others, seen, key: deps.ids.uuid() };
  res.render('pages/staff/copyHours', copyHoursView(facts, res.locals, clientReader(deps, res.locals.locale)));
}

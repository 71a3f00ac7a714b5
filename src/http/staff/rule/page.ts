import type { Response } from 'express';
import { changedRules, groupsOf, type RuleGroup } from '../../../domain/calendar/changeRules';
import { addDays } from '../../../domain/calendar/dates';
import type { HoursRule } from '../../../domain/calendar/hours';
import type { Desk } from '../../../domain/desk';
import { DomainError, isRefusal } from '../../../domain/errors';
import { paths, url } from '../../../paths';
import { dayName } from '../../../presentation/format';
import type { HttpDeps } from '../../deps';
import { deed } from '../../keptForm';
import { dateOrNull } from '../../typedTime';
import type { Page } from '../../wiring';
import { signedIn } from '../desk';
import { bodyOf, type Fields, type FormError, keyOf, queryOf } from '../forms';
import { clientReader } from '../hours/clientReader';
import { planHours } from '../hours/planHours';
import { previewView } from '../hours/previewView';
import { ruleSentence } from '../hours/ruleSentence';
import { fieldsOfGroup, readRule } from './form';
import { isTyped, patternFields } from './patternForm';
import { ruleView } from './view';

type Deps = Pick<HttpDeps, 'app' | 'storage' | 'now' | 'ids' | 'tokens' | 'texts'>;
type Shown = Omit<Parameters<typeof ruleView>[0], 'desk' | 'key' | 'group' | 'seen'>;

/**
 * An opening rule as a sentence: a new one, or another instead of one that holds, from a day on or for a while. What
 * that changes, and for whom, is shown before it is done.
 */
export function rulePage(deps: Deps): Page<Desk> {
  return {
    async get(desk, req, res) {
      const typed = bodyOf(req);
      const fields = typed.seen === undefined ? queryOf(req) : typed;
      const group = groupIn(desk, fields);
      await show(deps, res, desk, {
        fields: typed.seen === undefined && group ? { ...fieldsOfGroup(group), ...fields } : fields,
      });
    },

    async post(desk, req, res) {
      const fields = bodyOf(req);
      const group = groupIn(desk, fields);
      const read = fields.step?.startsWith('end') ? readEnd(fields, res) : readRule(fields, group, res.locals);
      if ('errors' in read) return show(deps, res.status(422), desk, { fields, errors: read.errors });
      const rules = changedRules(desk.hours.rules, group?.places ?? [], read.by, read.span);
      const asChosen = isTyped(fields) && read.by[0] ? { ...fields, ...patternFields(read.by[0].rrule) } : fields;
      try {
        if (fields.step === 'enter' || fields.step === 'endEnter') {
          await replace(deps, res, desk, { fields, rules, why: read.why });
          return res.redirect(303, url(paths.staffHours, { desk: desk.id }, { done: 'rules' }));
        }
        if (fields.step === 'plan' || fields.step === 'endPlan') {
          await assertLatest(deps, desk, fields);
          return await planHours(deps, res, desk, { fields, hours: { rules, exceptions: [] } });
        }
        const preview = await deps.app.previewHours({ who: signedIn(res), deskId: desk.id, proposal: { rules } });
        await show(deps, res, desk, { fields: asChosen, preview: previewView(preview, res.locals) });
      } catch (error) {
        if (isRefusal(error, 'version-moved-on'))
          return show(deps, res.status(412), desk, { fields: asChosen, refusal: res.locals.t('staff.rule.movedOn') });
        if (!isRefusal(error, 'invalid-rule') || error.details.part !== 'overlap') throw error;
        const text = overlapText(deps, res, { rules, by: read.by, details: error.details });
        await show(deps, res.status(422), desk, { fields: asChosen, errors: [{ href: '#start1', text }] });
      }
    },
  };
}

/** Returns the rules in the address or form, by their place among the sentences. */
function groupIn({ hours }: Desk, { group }: Fields): RuleGroup | undefined {
  return group && /^\d{1,3}$/.test(group) ? groupsOf(hours.rules)[Number(group)] : undefined;
}

/** Reads from when on a rule no longer holds. */
function readEnd({ endLast, why }: Fields, { locals: { t } }: Response) {
  const last = dateOrNull(endLast);
  if (last === null) return { errors: [{ href: '#endLast', text: t('staff.rule.wrong.endLast') }] };
  return { by: [], span: { from: addDays(last, 1), until: undefined }, why: why || null };
}

/** @throws DomainError `version-moved-on` if the form is about hours that have changed since */
async function assertLatest({ storage }: Deps, { id }: Desk, { seen }: Fields): Promise<void> {
  const latest = await storage.hoursVersions.latest(id);
  if (Number(seen) !== (latest?.number ?? 0)) throw new DomainError('version-moved-on');
}

async function replace(
  deps: Deps,
  res: Response,
  desk: Desk,
  { fields, rules, why }: { fields: Fields; rules: readonly HoursRule[]; why: string | null },
): Promise<void> {
  const idempotency = keyOf(deps, res, { what: `rules ${desk.id}`, fields });
  const ifVersion = Number(fields.seen);
  await deed(res, () =>
    deps.app.replaceOpeningRules({ who: signedIn(res), deskId: desk.id, rules, why, ifVersion, idempotency }),
  );
}

/** Says with which other rule the typed one overlaps, and when. */
function overlapText(
  deps: Deps,
  { locals }: Response,
  { rules, by, details }: { rules: readonly HoursRule[]; by: readonly HoursRule[]; details: Record<string, unknown> },
): string {
  const both = [rules[Number(details.first)], rules[Number(details.second)]];
  const other = both.find((rule) =>
    by.every(
      ({ start, end, rrule }) =>
        JSON.stringify([rule?.start, rule?.end, rule?.rrule]) !== JSON.stringify([start, end, rrule]),
    ),
  );
  const [group] = groupsOf([(other ?? both[0]) as HoursRule]);
  return locals.t('staff.rule.wrong.overlap', {
    day: dayName(locals.locale, String(details.date)),
    rule: group ? ruleSentence(group, locals, clientReader(deps, locals.locale)) : '',
  });
}

async function show(deps: Deps, res: Response, desk: Desk, more: Shown): Promise<void> {
  const { errors = [] as readonly FormError[], fields } = more;
  const latest = await deps.storage.hoursVersions.latest(desk.id);
  const seen = fields.seen ?? String(latest?.number ?? 0);
  const group = groupIn(desk, fields);
  const facts = { ...more, errors, desk, seen, group, key: deps.ids.uuid() };
  res.render('pages/staff/rule', ruleView(facts, res.locals, clientReader(deps, res.locals.locale)));
}

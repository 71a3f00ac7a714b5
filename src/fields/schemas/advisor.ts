import { z } from 'zod';
import { MODES, type Mode } from '../../domain/desk';
import { LANGUAGE_LEVELS } from '../../domain/language';
import { noneTwice } from './checks';
import { WorkingRule } from './hoursRule';
import { email, videoLink } from './reach';
import { deskLanguage, newSlug } from './tags';
import { line, words } from './text';
import { date } from './times';

/** As long as a screen in large letters has room for. */
const MAX_DOOR_LENGTH = 20;

/** The fields of one of a desk's advisors, in its file as in the API; without the id. */
export const ADVISOR_FIELDS = {
  name: words,
  email,
  languages: z.array(deskLanguage).min(1).superRefine(noneTwice()),
  levels: z.record(deskLanguage, z.enum(LANGUAGE_LEVELS)).optional(),
  topics: z.array(newSlug).superRefine(noneTwice()),
  modes: z
    .array(z.enum(MODES))
    .min(1, 'expected a mode, or null for all')
    .superRefine(noneTwice())
    .nullish()
    .transform(someOfAll),
  workingRules: z.array(WorkingRule).default([]),
  videoLink: videoLink.optional(),
  door: line(MAX_DOOR_LENGTH).optional(),
  from: date.optional(),
  until: date.optional(),
};

/** Returns the modes in the usual order; all of them are no limit. */
function someOfAll(modes: readonly Mode[] | null | undefined): Mode[] | undefined {
  return modes && modes.length < MODES.length ? MODES.filter((mode) => modes.includes(mode)) : undefined;
}

interface Term {
  readonly languages: readonly string[];
  readonly levels?: Readonly<Record<string, unknown>> | undefined;
  readonly from?: string | undefined;
  readonly until?: string | undefined;
}

/** Refuses a level of a language that the advisor does not speak, and a last day before the first. */
export function advisorHolds({ languages, levels, from, until }: Term, ctx: z.RefinementCtx): void {
  for (const tag of Object.keys(levels ?? {}))
    if (!languages.includes(tag))
      ctx.addIssue({ code: 'custom', path: ['levels', tag], message: 'is not among `languages`' });
  if (from !== undefined && until !== undefined && until <= from)
    ctx.addIssue({ code: 'custom', path: ['until'], message: 'expected a day after `from`' });
}

import type { Selectable } from 'kysely';
import type { Advisor, Mode } from '../domain/desk';
import { groupBy } from '../domain/groupBy';
import { fromJson, toNullableJson } from './json';
import { toRule } from './ruleRows';
import type { Database } from './schema';

type Row<T extends keyof Database> = Selectable<Database[T]>;

/**
 * Reads the advisors, who have left as well with all that they covered. Their topics are sorted in the desk's order,
 * because the joining table has none.
 */
export function toAdvisors({ topics, advisors, languages, covers, working }: AdvisorRows): Advisor[] {
  const byAdvisor = <T extends { advisor_id: string }>(rows: readonly T[]) => groupBy(rows, (row) => row.advisor_id);
  const spoken = byAdvisor(languages);
  const covered = byAdvisor(covers);
  const rules = byAdvisor(working);
  return advisors.map((row) => {
    const levels = (spoken.get(row.id) ?? []).flatMap(({ language, level }) => (level ? [[language, level]] : []));
    return {
      id: row.id,
      name: row.name,
      email: row.email,
      languages: (spoken.get(row.id) ?? []).map((l) => l.language),
      ...(levels.length > 0 && { levels: Object.fromEntries(levels) }),
      topics: topics.map(({ id }) => id).filter((id) => covered.get(row.id)?.some((c) => c.topic_id === id)),
      workingRules: (rules.get(row.id) ?? []).map((rule) => toRule({ ...rule, start: rule.starts, end: rule.ends })),
      ...(row.video_link === null ? {} : { videoLink: row.video_link }),
      ...(row.door === null ? {} : { door: row.door }),
      ...(row.modes_json === null ? {} : { modes: fromJson<Mode[]>(row.modes_json) }),
      ...(row.valid_from === null ? {} : { from: row.valid_from }),
      ...(row.valid_until === null ? {} : { until: row.valid_until }),
      ...(row.retired === 1 ? { retired: true } : {}),
    };
  });
}

/** The rows by which a desk's advisors are known. */
interface AdvisorRows {
  readonly topics: readonly { readonly id: string }[];
  readonly advisors: readonly Omit<Row<'advisor'>, 'position' | 'version' | 'origin'>[];
  readonly languages: readonly Omit<Row<'advisor_language'>, 'position'>[];
  readonly covers: readonly Row<'advisor_topic'>[];
  readonly working: readonly Row<'working_rule'>[];
}

/** Writes an advisor's own row; what they cover and when they work have their own tables. */
export function advisorRow(deskId: string, position: number, advisor: Advisor) {
  const { id, name, email, modes = null, videoLink = null, door = null } = advisor;
  const { from = null, until = null, retired = false } = advisor;
  return {
    ...{ desk_id: deskId, id, position, name, email, door, modes_json: toNullableJson(modes) },
    ...{ video_link: videoLink, valid_from: from, valid_until: until, retired: retired ? 1 : 0 },
  };
}

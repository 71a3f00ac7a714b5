/** One sample: a line of a metric family in the format of Prometheus. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface Family {
  readonly name: string;
  readonly type: string;
  readonly help: string;
  readonly samples: readonly Sample[];
}

/**
 * Parses the text format of Prometheus, version 0.0.4, as strictly as it is defined, and complains as `promtool check
 * metrics` does.
 *
 * @throws Error naming the line
 * @see https://prometheus.io/docs/instrumenting/exposition_formats/
 */
export function readExposition(text: string): Family[] {
  if (!text.endsWith('\n')) throw new Error('the last line does not end');
  const families = new Map<string, Family & { samples: Sample[] }>();
  let current: (Family & { samples: Sample[] }) | undefined;
  let help: { name: string; text: string } | undefined;

  for (const line of text.slice(0, -1).split('\n')) {
    const fail = (why: string): never => {
      throw new Error(`${why}: ${line}`);
    };
    if (line === '') continue;
    if (line.startsWith('# HELP ')) {
      const [, name = '', words = ''] = /^# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)$/.exec(line) ?? fail('no HELP');
      if (families.has(name)) fail('a family comes twice');
      help = { name, text: words };
    } else if (line.startsWith('# TYPE ')) {
      const [, name = '', type = ''] =
        /^# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|histogram|summary)$/.exec(line) ?? fail('no TYPE');
      if (help?.name !== name) fail('TYPE without its HELP');
      current = { name, type, help: help?.text ?? '', samples: [] };
      families.set(name, current);
    } else if (line.startsWith('#')) fail('a comment');
    else {
      const sample = readSample(line);
      if (!current || !namesOf(current).includes(sample.name)) throw new Error(`not of the family above it: ${line}`);
      current.samples.push(sample);
    }
  }
  for (const family of families.values()) assertRight(family);
  return [...families.values()];
}

/** The value of one series; undefined if there is none. */
export function sampleOf(
  families: readonly Family[],
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number | undefined {
  const wanted = key({ name, labels, value: 0 });
  return families.flatMap(({ samples }) => samples).find((sample) => key(sample) === wanted)?.value;
}

const LABEL = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"/;

function readSample(line: string): Sample {
  const pattern = new RegExp(
    `^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{((?:${LABEL.source}(?:,(?=[^}])|(?=\\})))*)\\})? (\\S+)$`,
  );
  const [, name = '', inside = '', , , digits = ''] = pattern.exec(line) ?? [];
  const labels = [...inside.matchAll(new RegExp(LABEL, 'g'))].map(([, label = '', value = '']): [string, string] => [
    label,
    value,
  ]);
  const value = digits === '+Inf' ? Number.POSITIVE_INFINITY : Number(digits);
  if (!name || digits === '' || (Number.isNaN(value) && digits !== 'NaN')) throw new Error(`not a sample: ${line}`);
  if (new Set(labels.map(([label]) => label)).size < labels.length) throw new Error(`a label comes twice: ${line}`);
  return { name, labels: Object.fromEntries(labels), value };
}

function namesOf({ name, type }: Family): string[] {
  if (type === 'histogram') return [`${name}_bucket`, `${name}_sum`, `${name}_count`];
  return type === 'summary' ? [name, `${name}_sum`, `${name}_count`] : [name];
}

function assertRight(family: Family): void {
  const { name, type, samples } = family;
  const fail = (why: string): never => {
    throw new Error(`${name}: ${why}`);
  };
  if (new Set(samples.map(key)).size < samples.length) fail('a series comes twice');
  if (type === 'counter' && !name.endsWith('_total')) fail('a counter ends in _total');
  // The library that measures Node chose the names of those metrics, so they need not follow our rule.
  if (!name.startsWith('nodejs_') && type !== 'counter' && name.endsWith('_total'))
    fail('only a counter ends in _total');
  if (/[A-Z]|_(milliseconds|ms|minutes|hours|kilobytes|percent)(_|$)|_(counter|gauge|histogram)(_|$)/.test(name))
    fail('base units and snake_case, without the type');
  if (type === 'counter' && samples.some(({ value }) => value < 0)) fail('a counter below zero');
  if (type === 'histogram') assertHistogram(family);
}

/**
 * Checks that the counts rise with the bounds of the buckets, that the last bucket counts all, and that there is a sum.
 */
function assertHistogram({ name, samples }: Family): void {
  const series = new Map<string, Sample[]>();
  for (const sample of samples) {
    const { le: _, ...labels } = sample.labels;
    const at = key({ name, labels, value: 0 });
    series.set(at, [...(series.get(at) ?? []), sample]);
  }
  for (const [at, of] of series) {
    const buckets = of.filter((sample) => sample.name.endsWith('_bucket'));
    const bounds = buckets.map(({ labels }) => (labels.le === '+Inf' ? Number.POSITIVE_INFINITY : Number(labels.le)));
    const counts = buckets.map(({ value }) => value);
    const count = of.find((sample) => sample.name.endsWith('_count'))?.value;
    const rising = (numbers: number[]) => numbers.every((each, i) => i === 0 || each >= (numbers[i - 1] ?? 0));
    if (bounds.some(Number.isNaN) || !rising(bounds) || !rising(counts)) throw new Error(`buckets do not rise: ${at}`);
    if (bounds.at(-1) !== Number.POSITIVE_INFINITY || counts.at(-1) !== count)
      throw new Error(`+Inf is not all: ${at}`);
    if (!of.some((sample) => sample.name.endsWith('_sum'))) throw new Error(`no sum: ${at}`);
  }
}

function key({ name, labels }: Sample): string {
  return JSON.stringify([name, Object.entries(labels).sort()]);
}

import { chartView } from '../../../../src/http/staff/figures/chart';

const bar = (value: number | null) => ({ value, text: value === null ? 'hidden' : String(value) });

describe('A chart', () => {
  it('draws all bars by one measure, the longest with room for its text', () => {
    const { rows, height } = chartView({
      ...{ id: 'c', title: 'By topic' },
      rows: [
        { label: 'Work', bars: [bar(40)] },
        { label: 'School', bars: [bar(10)] },
      ],
    });
    expect(rows.map(({ bars }) => bars.map(({ percent }) => percent))).toEqual([[68], [17]]);
    expect(rows[1]?.bars[0]?.y).toBeGreaterThan((rows[0]?.bars[0]?.y ?? 0) + (rows[0]?.bars[0]?.height ?? 0));
    expect(height).toBeGreaterThanOrEqual((rows[1]?.bars[0]?.y ?? 0) + (rows[1]?.bars[0]?.height ?? 0));
  });

  it('draws no bar where a number is hidden, and none for 0, but says so', () => {
    const { rows } = chartView({ id: 'c', title: 'x', rows: [{ label: 'Work', bars: [bar(null), bar(0), bar(5)] }] });
    expect(rows[0]?.bars.map(({ percent, text }) => [percent, text])).toEqual([
      [0, 'hidden'],
      [0, '0'],
      [68, '5'],
    ]);
  });

  it('tells the bars of a row apart by patterns of its own, and names them', () => {
    const { rows, legend, patterns } = chartView({
      ...{ id: 'c', title: 'x', series: ['one', 'two', 'three'] },
      rows: [{ label: 'Work', bars: [bar(1), bar(2), bar(3)] }],
    });
    const fills = [undefined, `url(#${patterns.hatch})`, `url(#${patterns.dots})`];
    expect(rows[0]?.bars.map(({ fill }) => fill)).toEqual(fills);
    expect(legend?.map(({ text, fill }) => [text, fill])).toEqual([
      ['one', fills[0]],
      ['two', fills[1]],
      ['three', fills[2]],
    ]);
  });
});

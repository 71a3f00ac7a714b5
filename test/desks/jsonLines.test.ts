import { JsonError, linesOf } from '../../src/desks/jsonLines';

describe('linesOf', () => {
  it('finds members and items by pointer', () => {
    const text = '{\n "a": [1,\n  {"b/c": null,\r\n "~": -1.5e3}],\n\n "d": "x\\"\\u00e4}"\n}\n';
    expect(Object.fromEntries(linesOf(text))).toEqual({
      '': 1,
      '/a': 2,
      '/a/0': 2,
      '/a/1': 3,
      '/a/1/b~1c': 3,
      '/a/1/~0': 4,
      '/d': 6,
    });
  });

  it.each([' [] ', '{}', '"ä日\u2028\u007f"', 'true', '-0', '[[],{}]'])('reads %j as JSON.parse does', (text) => {
    expect(() => JSON.parse(text)).not.toThrow();
    expect(() => linesOf(text)).not.toThrow();
  });

  it.each([
    ['', 1],
    ['[1,]', 1],
    ['[\n1\n2]', 3],
    ['{"a" 1}', 1],
    ['{"a":\n}', 2],
    ['{"a":1,\n"a":2}', 2],
    ['[01]', 1],
    ['\n\n[1] 2', 3],
    ['"\t"', 1],
    ['\u00a0[]', 1],
    ['[1}', 1],
  ])('refuses %j at line %i', (text, line) => {
    expect(() => linesOf(text)).toThrow(JsonError);
    expect(() => linesOf(text)).toThrow(expect.objectContaining({ line }));
  });
});

import { qrCode } from '../../src/presentation/qrCode';

/** Whether the module at this place is dark. */
const isDark = ({ modules }: { modules: string }, x: number, y: number) => modules.includes(`M${x} ${y}h1v1h-1z`);

describe('A QR code', () => {
  it('has its three finders in the corners, inside a quiet zone of four modules', () => {
    const code = qrCode('https://desk.example/q/a-secret-of-a-ticket');
    const far = code.size - 4 - 7;
    for (const [left, top] of [
      [4, 4],
      [far, 4],
      [4, far],
    ] as const)
      for (let y = 0; y < 7; y++)
        for (let x = 0; x < 7; x++) {
          const ring = Math.max(Math.abs(x - 3), Math.abs(y - 3));
          expect([x, y, isDark(code, left + x, top + y)]).toEqual([x, y, ring !== 2]);
        }
    for (let i = 0; i < code.size; i++)
      for (const edge of [0, 3, code.size - 4, code.size - 1])
        expect([isDark(code, i, edge), isDark(code, edge, i)]).toEqual([false, false]);
  });

  it('is another one for another address, and the same for the same', () => {
    expect(qrCode('https://desk.example/q/one')).toEqual(qrCode('https://desk.example/q/one'));
    expect(qrCode('https://desk.example/q/one')).not.toEqual(qrCode('https://desk.example/q/two'));
  });
});

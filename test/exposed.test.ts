import { exposedLine } from '../src/exposed';

const DEVELOPMENT = { production: false, host: '127.0.0.1', baseUrl: 'http://127.0.0.1:3000' };

describe('A start for development', () => {
  it.each([
    [DEVELOPMENT],
    [{ ...DEVELOPMENT, host: '::1', baseUrl: 'http://[::1]:3000' }],
    [{ ...DEVELOPMENT, host: 'localhost', baseUrl: 'http://localhost:3000' }],
    [{ production: true, host: '0.0.0.0', baseUrl: 'https://desk.example' }],
  ])('prints no warning for %j', (config) => expect(exposedLine(config)).toBeNull());

  it.each([
    [{ host: '0.0.0.0', baseUrl: 'http://localhost:3000' }, 'HOST=0.0.0.0'],
    [{ host: '::', baseUrl: 'http://localhost:3000' }, 'HOST=::'],
    [{ baseUrl: 'https://desk.example' }, 'BASE_URL=https://desk.example'],
    [{ baseUrl: 'https://localhost' }, 'BASE_URL=https://localhost'],
    [{ host: '192.0.2.7', baseUrl: 'http://desk.example' }, 'HOST=192.0.2.7, BASE_URL=http://desk.example'],
  ])('warns in one line that others can reach it: %j', (part, named) => {
    const line = exposedLine({ ...DEVELOPMENT, ...part });
    expect(line).toContain(`(${named})`);
    expect(line).not.toContain('\n');
  });
});

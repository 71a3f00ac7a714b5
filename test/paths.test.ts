import { areaOf, carriesSecret } from '../src/areas';
import { absolute, apiPaths, apiUrl, paths, url } from '../src/paths';

describe('url', () => {
  it('fills and encodes the parts of a pattern', () => {
    expect(url(paths.about, { locale: 'de', desk: 'expat-desk', page: 'a/b?c' })).toBe(
      '/de/expat-desk/about/a%2Fb%3Fc',
    );
  });

  it('includes an optional part only with its value', () => {
    expect(url(paths.staffDay, { desk: 'd' })).toBe('/staff/d/day');
    expect(url(paths.staffDay, { desk: 'd', date: '2026-12-01' })).toBe('/staff/d/day/2026-12-01');
  });

  it('fills a part that is followed by more text', () => {
    expect(url(paths.manageCalendar, { token: 'x' })).toBe('/b/x/calendar.ics');
  });

  it('writes a list once for each of its values', () => {
    expect(url(paths.manage, { token: 't' }, { also: ['de', 'uk'], none: [] })).toBe('/b/t?also=de&also=uk');
  });

  it('leaves out query values that are undefined', () => {
    expect(url(paths.manage, { token: 't' }, { lang: 'en', from: undefined })).toBe('/b/t?lang=en');
  });

  it('fills the patterns of the API', () => {
    expect(apiUrl(apiPaths.hold, { desk: 'd', id: 'h' })).toBe('/api/v1/desks/d/holds/h');
    expect(() => apiUrl(apiPaths.hold, { desk: 'd' })).toThrow('id');
  });

  it('makes a path absolute on the configured address', () => {
    expect(absolute('https://termine.example', url(paths.signIn))).toBe('https://termine.example/staff/sign-in');
  });

  it('throws for a part that is missing or empty', () => {
    expect(() => url(paths.manage)).toThrow('token');
    expect(() => url(paths.manage, { token: '' })).toThrow('token');
  });
});

describe('carriesSecret', () => {
  it.each(['/b/abc', '/b/abc/move', '/api/v1/bookings/abc'])('returns true for %s', (path) => {
    expect(carriesSecret(path)).toBe(true);
  });

  it.each(['/', '/de/desk/book/day', '/staff/bookings/1', '/api/v1/desks'])('returns false for %s', (path) => {
    expect(carriesSecret(path)).toBe(false);
  });
});

describe('areaOf', () => {
  it.each([
    ['/', 'page'],
    ['/de/desk/book/day?lang=en', 'page'],
    ['/staffed', 'page'],
    ['/b/abc/move', 'manage'],
    ['/staff', 'staff'],
    ['/staff?lang=en', 'staff'],
    ['/staff/bookings/1', 'staff'],
    ['/api/v1/desks?x=/staff', 'api'],
    ['/api', 'api'],
    ['/assets/fonts/LICENSE', 'asset'],
    ['/problems/not-found', 'problem'],
    ['/dev/mailbox/1/html', 'mailbox'],
    ['/readyz', 'probe'],
    ['/metrics', 'metrics'],
  ])('returns for %s the area %s', (path, area) => {
    expect(areaOf(path)).toBe(area);
  });
});

import { carriesSecret, paths, url } from '../src/paths';

describe('url', () => {
  it('fills and encodes the parts of a pattern', () => {
    expect(url(paths.about, { locale: 'de', desk: 'expat-desk', page: 'a/b?c' })).toBe(
      '/de/expat-desk/about/a%2Fb%3Fc',
    );
  });

  it('keeps an optional part only with its value', () => {
    expect(url(paths.staffDay, { desk: 'd' })).toBe('/staff/d/day');
    expect(url(paths.staffDay, { desk: 'd', date: '2026-12-01' })).toBe('/staff/d/day/2026-12-01');
  });

  it('fills a part that has an ending', () => {
    expect(url(paths.advisorFeed, { feedToken: 'x' })).toBe('/calendars/x.ics');
  });

  it('writes a list once for each of its values', () => {
    expect(url(paths.manage, { token: 't' }, { also: ['de', 'uk'], none: [] })).toBe('/b/t?also=de&also=uk');
  });

  it('leaves out query values that are undefined', () => {
    expect(url(paths.manage, { token: 't' }, { lang: 'en', from: undefined })).toBe('/b/t?lang=en');
  });

  it('throws for a part that is missing or empty', () => {
    expect(() => url(paths.manage)).toThrow('token');
    expect(() => url(paths.manage, { token: '' })).toThrow('token');
  });
});

describe('carriesSecret', () => {
  it.each(['/b/abc', '/b/abc/move', '/api/v1/bookings/abc', '/calendars/abc.ics'])('%s does', (path) => {
    expect(carriesSecret(path)).toBe(true);
  });

  it.each(['/', '/de/desk/book/day', '/staff/bookings/1', '/api/v1/desks'])('%s does not', (path) => {
    expect(carriesSecret(path)).toBe(false);
  });
});

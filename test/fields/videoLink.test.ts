import { readVideoLink } from '../../src/fields/videoLink';

describe('A typed link', () => {
  it.each([
    [' https://video.example/room?pwd=a&b=c#d ', 'https://video.example/room?pwd=a&b=c#d'],
    ['HTTPS://Video.Example/Room', 'https://video.example/Room'],
    ['https://видео.укр/', 'https://xn--b1aedk6a.xn--j1amh/'],
  ])('%s is read', (typed, link) => {
    expect(readVideoLink(typed)).toBe(link);
  });

  it.each([
    ...['', 'video.example/room', 'http://video.example/', 'javascript:alert(1)', 'https:video.example', 'https://'],
    ...['https://kim:secret@video.example/', 'https://kim@video.example/', 'https://video.example/a b'],
    ...['https://video.example/\r\nX: y', 'https://video.example/\u0000', `https://video.example/${'x'.repeat(500)}`],
  ])('%j is not accepted', (typed) => {
    expect(readVideoLink(typed)).toBeUndefined();
  });
});

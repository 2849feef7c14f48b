import { frameCode } from './frame-code';

describe('the code for another site', () => {
  it('is one frame that may run nothing', () => {
    const code = frameCode('https://waymark.example/api/public/profiles/x/page', 'Ann Flask');
    const holder = document.createElement('div');
    holder.innerHTML = code;
    expect(holder.children).toHaveLength(1);
    const frame = holder.querySelector('iframe');
    expect(frame?.title).toBe('Verified awards of Ann Flask');
    expect(frame?.getAttribute('sandbox')).not.toContain('allow-scripts');
  });

  it('cannot be broken out of by a name', () => {
    const holder = document.createElement('div');
    holder.innerHTML = frameCode('https://waymark.example/x', `"><script>alert(1)</script><b x="`);
    expect(holder.querySelectorAll('script, b')).toHaveLength(0);
    expect(holder.querySelector('iframe')?.title).toContain('<script>');
  });
});

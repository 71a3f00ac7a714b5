/*
 * A desk's hours and its first free consultations, on any page:
 *
 *   <script type="module" src="https://termine.example/assets/sprechstunde-hours.js"></script>
 *   <sprechstunde-hours desk="expat-desk" lang="en"></sprechstunde-hours>
 *
 * What stands between the tags stays where the hours cannot be had. It looks like the page around it.
 */
const origin = new URL(import.meta.url).origin;

customElements.define(
  'sprechstunde-hours',
  class extends HTMLElement {
    static observedAttributes = ['desk', 'lang'];

    connectedCallback() {
      this.show();
    }

    attributeChangedCallback() {
      if (this.isConnected) this.show();
    }

    async show() {
      const desk = this.getAttribute('desk');
      const lang = this.closest('[lang]')?.lang || 'de';
      if (!desk) return;
      try {
        const address = `${origin}/${encodeURIComponent(lang.split('-')[0])}/${encodeURIComponent(desk)}/embed`;
        const answer = await fetch(address, { credentials: 'omit' });
        if (!answer.ok) return;
        const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
        this.replaceChildren(...page.body.childNodes);
      } catch {
        // What stood there stays.
      }
    }
  },
);

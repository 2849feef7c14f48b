import { Component } from '@angular/core';

@Component({
  selector: 'wm-brand',
  template: `
    <svg viewBox="0 0 32 32" width="30" height="30" aria-hidden="true" focusable="false">
      <rect x="13.5" y="2" width="4" height="28" rx="1.2" fill="#f4f8f5" />
      <path d="M6 5h17.500l5.500 5-5.500 5H6z" fill="#ffc72c" />
      <path d="M25 18H9.500L5 22l4.500 4H25z" fill="#8fd3b2" />
    </svg>
    Waymark
  `,
  styles: `
    :host {
      display: contents;
    }
  `,
})
export class Brand {}

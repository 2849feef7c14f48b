import { Component } from '@angular/core';
import { RouterOutlet } from '@angular/router';
import { FundingPlaces } from './funding-places';

/** Every page of the fund, below the places of the fund. */
@Component({
  selector: 'wm-funding-frame',
  imports: [FundingPlaces, RouterOutlet],
  template: `
    <wm-funding-places />
    <router-outlet />
  `,
})
export class FundingFrame {}

import { Component } from '@angular/core';
import { PageHeader } from '@waymark/ui';

@Component({ selector: 'wm-home-page', imports: [PageHeader], template: `<wm-page-header heading="HomePage" />` })
export class HomePage {}

import { Component } from '@angular/core';
import { PageHeader } from '@waymark/ui';

@Component({ selector: 'wm-people-page', imports: [PageHeader], template: `<wm-page-header heading="PeoplePage" />` })
export class PeoplePage {}

import { Component } from '@angular/core';
import { PageHeader } from '@waymark/ui';

@Component({ selector: 'wm-person-page', imports: [PageHeader], template: `<wm-page-header heading="PersonPage" />` })
export class PersonPage {}

import { Component } from '@angular/core';
import { PageHeader } from '@waymark/ui';

@Component({ selector: 'wm-add-person-page', imports: [PageHeader], template: `<wm-page-header heading="AddPersonPage" />` })
export class AddPersonPage {}

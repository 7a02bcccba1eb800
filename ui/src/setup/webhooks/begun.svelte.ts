// The way of delivery that is being chosen, until it is used: leaving the page does not lose what was typed.

import type { Delivery, WebhooksView } from "../../backend/types";

export class BegunDelivery {
  way = $state<Delivery | null>(null);
  address = $state("");

  constructor(shown: WebhooksView) {
    this.way = shown.delivery;
    this.address = shown.address ?? "";
  }
}

import { getJson, nextOrderStatus } from './api.js';
import { Latency } from './latency.js';
import { OrderTracker } from './order.js';
import { startPerson } from './person.js';
import { startStrip } from './strip.js';
import { Viewers } from './viewers.js';

const ROLES = ['Buyer', 'Seller'];
const TOAST_MS = 6000;
const byId = (id) => document.getElementById(id);

let toastTimer;
function complain(text) {
  const toast = byId('toast');
  toast.textContent = text;
  toast.hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => (toast.hidden = true), TOAST_MS);
}

function showProduct(config) {
  byId('product-title').textContent = config.productTitle;
  byId('product-seller').textContent = `Sold by ${config.people[1].name}`;
  byId('order-id').textContent = config.orderId;
  byId('order-id').title = config.orderId;
}

function startOrderButton() {
  const next = byId('next');
  next.addEventListener('click', () => nextOrderStatus().catch((refused) => complain(`The order stays: ${refused.message}`)));
}

async function start() {
  if (!window.Pusher) throw new Error('pusher-js could not be loaded: run npm ci in the folder of this page');
  const config = await getJson('config.json');
  const shared = {
    latency: new Latency(),
    order: new OrderTracker(byId('steps'), byId('order-note')),
    viewers: new Viewers(byId('viewing')),
    complain,
  };
  showProduct(config);
  startOrderButton();
  const template = byId('person');
  config.people.forEach((person, index) => {
    const root = template.content.firstElementChild.cloneNode(true);
    byId('people').append(root);
    startPerson(root, config, person, ROLES[index], shared);
  });
  startStrip(document, shared.latency);
}

start().catch((failure) => complain(failure.message));

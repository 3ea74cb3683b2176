import { Connected } from './Connected';
import { OrderCard } from './order/OrderCard';
import { ProductCard } from './product/ProductCard';
import { ShopperPane } from './shopper/ShopperPane';
import type { Shopper, StackConfig } from './stack';
import { TopBar } from './TopBar';

interface Props {
  config: StackConfig;
  /** The id of the one person to show, if not both. */
  alone: string | null;
}

/** Each person has a connection of their own, with their own token; what concerns both comes over the first one's. */
export function App({ config, alone }: Props) {
  const [buyer, seller] = config.people;
  const [first, ...others] = shownOf(config.people, alone);

  const pane = (shopper: Shopper) => (
    <ShopperPane
      key={shopper.userId}
      shopper={shopper}
      other={shopper === buyer ? seller : buyer}
      role={shopper === buyer ? 'Buyer' : 'Seller'}
      conversationId={config.conversationId}
      alone={others.length === 0}
    />
  );

  return (
    <div className="app">
      <TopBar />
      <main className="stage">
        <Connected config={config} shopper={first}>
          <div className="aside">
            <ProductCard product={config.product} seller={seller.name} />
            <OrderCard orderId={config.orderId} />
          </div>
          <div className="people">
            {pane(first)}
            {others.map((shopper) => (
              <Connected key={shopper.userId} config={config} shopper={shopper}>
                {pane(shopper)}
              </Connected>
            ))}
          </div>
        </Connected>
      </main>
    </div>
  );
}

function shownOf(people: StackConfig['people'], alone: string | null): [Shopper, ...Shopper[]] {
  const only = people.find(({ userId }) => userId === alone);
  return only ? [only] : people;
}

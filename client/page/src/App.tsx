import { Connected } from './Connected';
import { ErrorBoundary } from './common/ErrorBoundary';
import { OrderCard } from './order/OrderCard';
import { ProductCard } from './product/ProductCard';
import { ShopperPane } from './shopper/ShopperPane';
import type { Shopper, StackConfig } from './stack';
import { Strip } from './throughput/Strip';
import { TopBar } from './TopBar';

interface Props {
  config: StackConfig;
  /** The id of the one person to show, if not both. */
  alone: string | null;
}

/**
 * Each person has a connection of their own, with their own token; what concerns both comes over the first one's. The
 * order here is that of a phone, and of the keyboard everywhere: what people say, what they talk about, how fast it is.
 */
export function App({ config, alone }: Props) {
  const [buyer, seller] = config.people;
  const [first, ...others] = shownOf(config.people, alone);

  const pane = (shopper: Shopper) => (
    <ErrorBoundary key={shopper.userId} what="The conversation">
      <ShopperPane
        shopper={shopper}
        other={shopper === buyer ? seller : buyer}
        role={shopper === buyer ? 'Buyer' : 'Seller'}
        conversationId={config.conversationId}
        orderId={config.orderId}
        alone={others.length === 0}
      />
    </ErrorBoundary>
  );

  return (
    <div className="app">
      <TopBar />
      <main className="stage">
        <Connected config={config} shopper={first}>
          <div className="people">
            {pane(first)}
            {others.map((shopper) => (
              <Connected key={shopper.userId} config={config} shopper={shopper}>
                {pane(shopper)}
              </Connected>
            ))}
          </div>
          <div className="aside">
            <ErrorBoundary what="The product">
              <ProductCard product={config.product} seller={seller.name} />
            </ErrorBoundary>
            <ErrorBoundary what="The order">
              <OrderCard orderId={config.orderId} />
            </ErrorBoundary>
          </div>
        </Connected>
      </main>
      <ErrorBoundary what="The measuring">
        <Strip />
      </ErrorBoundary>
    </div>
  );
}

function shownOf(people: StackConfig['people'], alone: string | null): [Shopper, ...Shopper[]] {
  const only = people.find(({ userId }) => userId === alone);
  return only ? [only] : people;
}

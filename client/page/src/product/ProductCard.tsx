import type { Product } from '../stack';
import { harmless } from '../text/harmless';
import { CoatPicture } from './CoatPicture';
import './product.css';
import { Viewers } from './Viewers';

interface Props {
  product: Product;
  seller: string;
}

export function ProductCard({ product, seller }: Props) {
  return (
    <section className="card product" aria-labelledby="product-title">
      <CoatPicture />
      <div className="product-text">
        <h2 id="product-title" dir="auto">
          {harmless(product.title)}
        </h2>
        <p className="product-line">
          <strong>{priceOf(product)}</strong>
          <span className="soft">
            sold by <bdi>{harmless(seller)}</bdi>
          </span>
        </p>
        <Viewers channel={product.channel} />
      </div>
    </section>
  );
}

const priceOf = ({ priceMinor, currency }: Product) =>
  new Intl.NumberFormat(undefined, { style: 'currency', currency }).format(priceMinor / 100);

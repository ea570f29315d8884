export function NotFoundPage() {
  return (
    <div class="narrow">
      <h1 tabIndex={-1}>Deze pagina is er niet</h1>
      <p>Kijk of het adres klopt. U kunt ook <a class="utrecht-link" href="/">opnieuw beginnen</a>.</p>
    </div>
  );
}

// Starts GraphiQL on the server's own endpoint with a tab of example questions.
const script = document.currentScript;
(async () => {
  const base = new URL(".", script.src);
  const examples = await (await fetch(new URL('examples.graphql', base))).text();
  const fetcher = GraphiQL.createFetcher({ url: new URL('../graphql', base).href });
  const element = React.createElement(GraphiQL, {
    fetcher,
    defaultQuery: examples,
    defaultEditorToolsVisibility: 'variables',
    plugins: [GraphiQLPluginExplorer.explorerPlugin({ showAttribution: false })],
  });
  ReactDOM.createRoot(document.getElementById('graphiql')).render(element);
})();

using Plumbline.Web;

await Site.RunAsync(args);

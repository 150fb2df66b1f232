using System.Net;
using System.Net.Http.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Database;
using Plumbline.Registry;
using Plumbline.Web;

namespace Plumbline.Modules.Tests.Web;

/// <summary>The real server on a free port and a fresh database, at a time the test says.</summary>
internal sealed class TestSite : IAsyncDisposable
{
    public const string Password = "Correct-horse-7";

    private readonly TestDatabase database;

    private TestSite(TestDatabase database, WebApplication app)
    {
        this.database = database;
        App = app;
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    public WebApplication App { get; }
    public Uri Address { get; }
    public TestClock Clock => database.Clock;
    public TestDatabase Database => database;

    public static Task<TestSite> StartAsync(string kind = "sqlite", params string[] settings) => StartAsync(_ => { }, kind, settings);

    /// <summary>As above with services of the test's own beside the server's.</summary>
    public static async Task<TestSite> StartAsync(Action<IServiceCollection> adjust, string kind = "sqlite", params string[] settings)
    {
        var database = await TestDatabase.CreateAsync(kind);
        var app = await Site.BuildAsync(["--urls", "http://127.0.0.1:0", "--environment", "Development", $"--ConnectionStrings:Plumbline={database.ConnectionString}", "--Logging:LogLevel:Default=Warning", "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Warning", "--Plumbline:Jobs=false", $"--Plumbline:DataDirectory={database.DataDirectory}", .. settings],
            services => adjust(services.AddSingleton<TimeProvider>(database.Clock)));
        await app.StartAsync();
        return new TestSite(database, app);
    }

    public TestBrowser Browser() => new(Address);

    public PlumblineDb Open() => database.Open();

    /// <summary>Runs <paramref name="work"/> with the server's own services, as its jobs do.</summary>
    public async Task<T> WithAsync<T>(Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = App.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider);
    }

    /// <summary>A person with an account and <see cref="Password"/>.</summary>
    public Task<Person> AddPersonAsync(string email, AdministratorDuty duty = AdministratorDuty.None, Guid? organisation = null, params Role[] roles) => WithAsync(async services =>
    {
        var now = Clock.GetUtcNow();
        var person = new Person { Id = Guid.CreateVersion7(now), Name = email.Split('@')[0], Email = email, UserName = email, Duty = duty, CreatedAt = now };
        var result = await services.GetRequiredService<UserManager<Person>>().CreateAsync(person, Password);
        Assert.True(result.Succeeded, string.Join("; ", result.Errors.Select(e => e.Description)));
        var db = services.GetRequiredService<PlumblineDb>();
        foreach (var role in roles)
            db.Memberships.Add(new Membership { Id = Guid.CreateVersion7(now), PersonId = person.Id, OrganisationId = organisation!.Value, Role = role, Since = now });
        await db.SaveChangesAsync();
        return person;
    });

    public async Task<Organisation> AddOrganisationAsync(string code, OrganisationKind kind, string region = "000000", OrganisationState state = OrganisationState.Active)
    {
        await using var db = Open();
        var organisation = new Organisation { Id = Guid.CreateVersion7(), Code = code, Name = code + "机构", NameEn = code + " body", Kind = kind, Region = region, State = state, RegisteredAt = Clock.GetUtcNow() };
        db.Organisations.Add(organisation);
        await db.SaveChangesAsync();
        return organisation;
    }

    public async Task<TestBrowser> SignedInAsync(string email, string password = Password)
    {
        var browser = Browser();
        await browser.OpenAsync("/sign-in");
        await browser.SubmitAsync("sign-in", ("Form.Email", email), ("Form.Password", password));
        return browser;
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await database.DisposeAsync();
    }
}

/// <summary>A browser without script: keeps cookies, reads pages, fills in forms. It follows no redirection by itself.</summary>
internal sealed class TestBrowser : IDisposable
{
    private readonly HttpClient client;
    private Uri here;

    public TestBrowser(Uri site)
    {
        here = site;
        client = new HttpClient(new SocketsHttpHandler { CookieContainer = Cookies, AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = site };
        // As browsers do with every form they post.
        client.DefaultRequestHeaders.Add("Origin", site.GetLeftPart(UriPartial.Authority));
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
    }

    public CookieContainer Cookies { get; } = new();
    public HttpClient Client => client;
    public HttpStatusCode Status { get; private set; }
    public string? Location { get; private set; }
    public string Html { get; private set; } = "";
    public IHtmlDocument Page { get; private set; } = null!;

    /// <summary>The codes of the refusals on the page.</summary>
    public string[] Refusals => [.. Page.QuerySelectorAll("#errors [data-code]").Select(e => e.GetAttribute("data-code")!)];

    public Task OpenAsync(string address) => ReadAsync(client.GetAsync(address), address);

    public async Task FollowAsync() => await OpenAsync(Location ?? throw new InvalidOperationException($"{Status}: no redirection to follow"));

    /// <summary>Calls the API as a page's script would: with the cookie, and the antiforgery token of the current page.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string address, object? body = null)
    {
        using var request = new HttpRequestMessage(method, address) { Content = body is null ? null : JsonContent.Create(body) };
        if (Page.QuerySelector("input[name=__RequestVerificationToken]")?.GetAttribute("value") is { } token)
            request.Headers.Add("X-CSRF-Token", token);
        return await client.SendAsync(request);
    }

    /// <summary>Posts the form named <paramref name="handler"/> (its <c>@formname</c>, or its address) of the current page, with what it holds and the given values.</summary>
    public Task SubmitAsync(string handler, params (string Name, string Value)[] values)
    {
        var form = Page.Forms.FirstOrDefault(f => f.QuerySelector("input[name=_handler]")?.GetAttribute("value") == handler || f.GetAttribute("action") == handler)
            ?? throw new InvalidOperationException($"No form '{handler}' on {here}: {string.Join(", ", Page.Forms.Select(f => f.QuerySelector("input[name=_handler]")?.GetAttribute("value") ?? f.GetAttribute("action")))}");
        var given = values.Select(v => v.Name).ToHashSet();
        var fields = Held(form).Where(f => !given.Contains(f.Key)).Concat(values.Select(v => KeyValuePair.Create(v.Name, v.Value)));
        var address = new Uri(here, form.GetAttribute("action") is { Length: > 0 } action ? action : here.PathAndQuery);
        return ReadAsync(client.PostAsync(address, new FormUrlEncodedContent(fields)), address.PathAndQuery);
    }

    /// <summary>The same with files, as a browser posts a form that has some.</summary>
    public Task UploadAsync(string handler, IReadOnlyList<(string Field, string Name, byte[] Content)> files, params (string Name, string Value)[] values)
    {
        var form = Page.Forms.First(f => f.QuerySelector("input[name=_handler]")?.GetAttribute("value") == handler);
        var given = values.Select(v => v.Name).Concat(files.Select(f => f.Field)).ToHashSet();
        var body = new MultipartFormDataContent();
        foreach (var (name, value) in Held(form).Where(f => !given.Contains(f.Key)).Select(f => (f.Key, f.Value)).Concat(values.Select(v => (v.Name, v.Value))))
            body.Add(new StringContent(value), name);
        foreach (var (field, name, content) in files)
            body.Add(new ByteArrayContent(content), field, name);
        return ReadAsync(client.PostAsync(here.PathAndQuery, body), here.PathAndQuery);
    }

    private static IEnumerable<KeyValuePair<string, string>> Held(IHtmlFormElement form)
    {
        foreach (var field in form.QuerySelectorAll("input[name], select[name], textarea[name]"))
        {
            var name = field.GetAttribute("name")!;
            if (field is IHtmlInputElement { Type: "checkbox" or "radio" } box)
            {
                if (box.IsChecked)
                    yield return KeyValuePair.Create(name, box.Value);
            }
            else if (field is IHtmlSelectElement select)
                yield return KeyValuePair.Create(name, select.Value ?? "");
            else if (field is IHtmlInputElement input)
                yield return KeyValuePair.Create(name, input.Value);
            else
                yield return KeyValuePair.Create(name, ((IHtmlTextAreaElement)field).Value);
        }
    }

    private async Task ReadAsync(Task<HttpResponseMessage> sending, string address)
    {
        using var response = await sending;
        var location = response.Headers.Location;
        (Status, Location) = (response.StatusCode, location is { IsAbsoluteUri: true } && location.Authority == client.BaseAddress!.Authority ? location.PathAndQuery : location?.ToString());
        here = new Uri(here, address);
        Html = await response.Content.ReadAsStringAsync();
        Page = new HtmlParser().ParseDocument(Html);
    }

    public void Dispose() => client.Dispose();
}

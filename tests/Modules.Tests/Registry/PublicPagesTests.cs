using Microsoft.Extensions.DependencyInjection;
using Plumbline.Registry;

namespace Plumbline.Modules.Tests.Registry;

public sealed class PublicPagesTests : IDisposable
{
    private readonly PublicPages pages = new(new ServiceCollection().BuildServiceProvider());
    private int made;

    public void Dispose() => pages.Dispose();

    private Task<int> Make() => Task.FromResult(++made);

    [Fact]
    public async Task Facts_are_made_once_for_every_key_until_something_public_changes()
    {
        Assert.Equal((1, 1, 2), (await pages.KeepAsync("a", Make), await pages.KeepAsync("a", Make), await pages.KeepAsync("b", Make)));
        await pages.ForgetAsync(TestContext.Current.CancellationToken);
        Assert.Equal(3, await pages.KeepAsync("a", Make));
    }

    [Fact]
    public async Task Facts_read_while_something_changes_are_not_kept()
    {
        var reading = new TaskCompletionSource<int>();
        var asked = pages.KeepAsync("a", () => reading.Task);
        await pages.ForgetAsync(TestContext.Current.CancellationToken);
        reading.SetResult(100);
        Assert.Equal((100, 1), (await asked, await pages.KeepAsync("a", Make)));
    }

    [Fact]
    public async Task A_failure_is_not_kept()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => pages.KeepAsync<int>("a", () => throw new InvalidOperationException("no")));
        Assert.Equal(1, await pages.KeepAsync("a", Make));
    }
}

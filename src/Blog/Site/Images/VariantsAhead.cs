using Blog.Catalogue;
using Blog.Images;
using Microsoft.Extensions.Options;

namespace Blog.Site.Images;

/// <summary>
/// Makes the variants that readers are likely to ask for next, in the background: those of the newest articles after a start, and those of pictures that were saved. One at a time, and none while a reader waits.
/// It also sees to it that the variants of pictures that are gone go, too.
/// </summary>
public sealed class VariantsAhead(SiteCatalogue catalogue, CatalogueKeeper keeper, VariantKeeper variants, VariantStore store, CatalogueReaders readers, IOptions<BlogOptions> options, TimeProvider clock, ILogger<VariantsAhead> log) : BackgroundService
{
    private const int NewestArticles = 20;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan BetweenSweeps = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await catalogue.Ready.WaitAsync(stoppingToken);
        await keeper.InStep.WaitAsync(stoppingToken);
        if (Vips.Trouble is { } trouble) log.LogWarning("Pictures are served as they are, since libvips can't be loaded here: {Reason}", trouble);
        await Task.WhenAll(Follow(stoppingToken), Sweep(stoppingToken));
    }

    private async Task Follow(CancellationToken stopping)
    {
        if (!options.Value.ImagesAhead || Vips.Trouble is not null) return;
        // Heard from now on, so that nothing is missed meanwhile.
        var changes = catalogue.Changes(stopping);
        await Try(reader => reader.PicturesOfNewest(NewestArticles, clock.GetUtcNow()), stopping);
        await foreach (var report in changes)
        {
            var paths = report.Files.Where(file => file.Change != FileChange.Removed).Select(file => file.Path).Where(path => PictureFormats.OfName(path) is not null).ToList();
            if (paths.Count > 0) await Try(reader => reader.PicturesOf(paths), stopping);
        }
    }

    private async Task Try(Func<CatalogueReader, IReadOnlyList<Picture>> find, CancellationToken stopping)
    {
        try
        {
            IReadOnlyList<Picture> pictures;
            using (var lease = readers.Rent()) pictures = find(lease.Reader);
            foreach (var picture in pictures.Where(PictureVariants.Has))
                foreach (var extension in PictureVariants.Modern)
                    foreach (var width in PictureVariants.WidthsOf(picture))
                    {
                        while (variants.IsBusy || store.Trouble is not null) await Task.Delay(Pause, clock, stopping);
                        await variants.MakeAhead(picture, new VariantRequest(picture.Hash, width, extension)).WaitAsync(stopping);
                    }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // They are made when somebody asks.
            log.LogWarning("Making pictures ahead failed: {Reason}", e.Message);
        }
    }

    private async Task Sweep(CancellationToken stopping)
    {
        while (true)
        {
            try
            {
                // Each by itself: a look at many may take long, and the catalogue is not to be held for it.
                store.Sweep(hash =>
                {
                    using var lease = readers.Rent();
                    return lease.Reader.PictureWith(hash) is not null;
                });
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.LogWarning("Looking through the pictures that were made failed: {Reason}", e.Message);
            }

            await Task.Delay(BetweenSweeps, clock, stopping);
        }
    }
}

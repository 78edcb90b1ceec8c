using Blog.Catalogue;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Blog.Site.Desk.Overview;

/// <summary>What an editor wants to know first.</summary>
[Area("Desk"), AutoValidateAntiforgeryToken]
public sealed class OverviewController(CatalogueContext db, SiteCatalogue catalogue, CatalogueKeeper keeper, DeskFrame frame) : Controller
{
    private const int InAList = 8;
    private const int Syncs = 6;

    [HttpGet]
    public async Task<IActionResult> Index(CancellationToken cancelled)
    {
        var now = frame.Now;
        return View(new OverviewPage(frame)
        {
            Counts = await db.Articles.CountStates(now, cancelled),
            Scheduled = await List(db.Articles.InState(ArticleState.Scheduled, now).OrderBy(article => article.PublishedAt).ThenBy(article => article.Path)),
            Drafts = await List(db.Articles.InState(ArticleState.Draft, now).NewestFirst()),
            Expiring = await List(db.Articles.Expiring(now).OrderBy(article => article.ExpiresAt).ThenBy(article => article.Path)),
            Kept = await List(db.Articles.KeptLastGood().OrderByDescending(article => article.BrokenSince).ThenBy(article => article.Path)),
            Problems = await db.Problems.NewestFirst().Take(InAList).ToListAsync(cancelled),
            ProblemCount = await db.Problems.CountAsync(cancelled),
            Syncs = catalogue.RecentSyncs.Take(Syncs).ToList(),
            Held = catalogue.Held,
            Failure = catalogue.LastFailure,
            DataTrouble = catalogue.DataTrouble,
            Watching = catalogue.Watching,
        });

        async Task<IReadOnlyList<DeskArticle>> List(IQueryable<Article> articles) =>
            (await articles.Take(InAList).ToListAsync(cancelled)).Select(article => DeskArticle.From(article, frame)).ToList();
    }

    /// <summary>Lets deletions that wait take effect.</summary>
    [HttpPost]
    public async Task<IActionResult> Delete(CancellationToken cancelled)
    {
        if (catalogue.Held is not null) await keeper.ConfirmDeletionsAsync(cancelled);
        return LocalRedirect(DeskRoom.Home);
    }
}

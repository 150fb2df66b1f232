using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Database;
using Plumbline.Interface;
using Plumbline.Procedures;
using Plumbline.Registry;

namespace Plumbline.Comparisons;

/// <summary>The module's door: what it registers and which routes it answers.</summary>
public static class ComparisonsModule
{
    public static IServiceCollection AddComparisons(this IServiceCollection services) => services
        .AddSingleton<IModelPart, ComparisonsModel>()
        .AddScoped<DraftComparison>()
        .AddScoped<ReviewMove>()
        .AddScoped<MoveComparison>()
        .AddScoped<MoveNotices>()
        .AddScoped<FindComparisons>()
        .AddScoped<ShowComparison>()
        .AddScoped<ListTasks>()
        .AddScoped<Enrol>()
        .AddScoped<PrepareTransferStandard>()
        .AddScoped<ImportTests>()
        .AddScoped<PlanRoute>()
        .AddScoped<SubmitResult>()
        .AddScoped<KeepDraft>()
        .AddScoped<ImportResults>()
        .AddScoped<AttachRecord>()
        .AddScoped<IFileAccess, SubmissionFileAccess>()
        .AddScoped<ReadResults>()
        .AddScoped<RecordReturn>()
        .AddScoped<Evaluate>()
        .AddScoped<ReportFormats>()
        .AddScoped<ReportMaking>()
        .AddScoped<IssueDraft>()
        .AddScoped<CommentOnDraft>()
        .AddScoped<PublishReport>()
        .AddScoped<ReadReport>()
        .AddScoped<LaboratoryHistory>()
        .AddScoped<ResultCommitments>()
        .AddSingleton<IJob, OpenCommitmentsJob>()
        .AddScoped<ProveResults>()
        .AddScoped<CertifyReport>()
        .AddScoped<EndCirculation>()
        .AddScoped<OpenResults>()
        .AddScoped<AfterOpening>(services => services.GetRequiredService<ResultCommitments>().OpenAsync)
        .AddScoped<AfterOpening>(services => async (code, cancel) => (await services.GetRequiredService<Evaluate>().RunAsync(code, new(), Actor.System, cancel)).Refusals)
        .AddSingleton<IJob, OpenResultsJob>()
        .AddScoped<RecordLeg>()
        .AddScoped<IFileAccess, LegPhotoAccess>()
        .AddScoped<ShowCirculation>()
        .AddScoped<ListOverdue>()
        .AddSingleton<IJob, LateLegsJob>()
        .AddTexts<ComparisonsTexts>();

    public static void MapComparisons(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/comparisons.csv", FindComparisons.Csv).AllowAnonymous().ExcludeFromDescription();
        routes.MapGet("/comparisons.xlsx", FindComparisons.Xlsx).AllowAnonymous().ExcludeFromDescription();
        routes.MapGet("/api/comparisons", FindComparisons.Get).AllowAnonymous().CacheOutput(PublicPages.Policy).Produces<ComparisonList>();
        routes.MapGet("/api/comparisons/{code}", ShowComparison.Get).AllowAnonymous().CacheOutput(PublicPages.Policy).Produces<ComparisonView>().ProducesProblem(404);
        routes.MapGet("/api/tasks", ListTasks.Get).RequireAuthorization(Access.Business).Produces<TaskList>();

        var api = routes.MapGroup("/api/comparisons").RequireAuthorization(Access.Business).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
        api.MapPost("", DraftComparison.Post).RequireScope(Scopes.ComparisonsWrite).WithIdempotency().Produces<DraftReceipt>(201);
        api.MapPut("{code}", DraftComparison.Put).RequireScope(Scopes.ComparisonsWrite).WithIdempotency().Produces<DraftReceipt>();
        api.MapPost("{code}/moves/{action}", MoveComparison.Post).RequireScope(Scopes.ComparisonsWrite).WithIdempotency().Produces<MoveReceipt>();
        api.MapGet("{code}/preparation", PrepareTransferStandard.Get).Produces<TestReceipt[]>();
        api.MapPost("{code}/preparation", PrepareTransferStandard.Post).RequireScope(Scopes.ComparisonsWrite).WithIdempotency().Produces<TestReceipt>(201);
        api.MapPost("{code}/preparation/file", ImportTests.Post).RequireScope(Scopes.ComparisonsWrite).WithIdempotency().Accepts<byte[]>("*/*").Produces<TestReceipt[]>(201);
        api.MapGet("{code}/preparation/template.{format}", ImportTests.GetTemplate).Produces<byte[]>(200, "text/csv");
        api.MapPost("{code}/preparation/target", PrepareTransferStandard.PostTarget).RequireScope(Scopes.ComparisonsWrite).WithIdempotency().Produces(204);
        api.MapPut("{code}/route", PlanRoute.Put).RequireScope(Scopes.ComparisonsWrite).WithIdempotency().Produces<RouteReceipt>();
        api.MapPost("{code}/route/generate", PlanRoute.PostGenerate).RequireScope(Scopes.ComparisonsWrite).WithIdempotency().Produces<RouteReceipt>();
        api.MapPost("{code}/participants", Enrol.Post).RequireScope(Scopes.ComparisonsWrite).WithIdempotency().Produces<EnrolReceipt>(201);
        api.MapPost("{code}/participants/{id:guid}/decision", Enrol.PostDecision).RequireScope(Scopes.ComparisonsWrite).WithIdempotency().Produces<EnrolReceipt>();
        api.MapPost("{code}/results", SubmitResult.Post).RequireScope(Scopes.Submit).WithIdempotency().Produces<SubmissionReceipt>(201);
        api.MapPost("{code}/results/file", ImportResults.Post).RequireScope(Scopes.Submit).WithIdempotency().Accepts<byte[]>("*/*").Produces<SubmissionReceipt>(201);
        api.MapPost("{code}/results/attachments", AttachRecord.Post).RequireScope(Scopes.Submit).WithIdempotency().Accepts<byte[]>("*/*").Produces<AttachedRecord>(201);
        api.MapGet("{code}/results/draft", KeepDraft.Get).Produces<KeptDraft>();
        api.MapPut("{code}/results/draft", KeepDraft.Put).RequireScope(Scopes.Submit).WithIdempotency().Produces<KeptDraft>();
        api.MapDelete("{code}/results/draft", KeepDraft.Delete).RequireScope(Scopes.Submit).Produces(204);
        api.MapGet("{code}/results/template.{format}", ImportResults.GetTemplate).Produces<byte[]>(200, "text/csv");
        api.MapGet("{code}/results", ReadResults.Get).Produces<ResultsAnswer>();
        api.MapGet("{code}/results/receipt/{participant:guid}/{version:int}", ReadResults.GetOwn).Produces<ReceiptAnswer>();
        api.MapGet("{code}/returns", RecordReturn.Get).Produces<IReadOnlyList<ReturnSeries>>();
        api.MapPost("{code}/returns", RecordReturn.Post).RequireScope(Scopes.ComparisonsWrite).WithIdempotency().Produces<IReadOnlyList<ReturnSeries>>(201);
        api.MapPost("{code}/evaluation", Evaluate.Post).RequireScope(Scopes.ComparisonsWrite).WithIdempotency().Produces<EvaluationReceipt>(201);
        api.MapGet("{code}/evaluation", Evaluate.Get).AllowAnonymous().Produces<EvaluationReceipt>();
        api.MapPost("{code}/evaluation/reopen", Evaluate.PostReopen).RequireScope(Scopes.ComparisonsWrite).Produces<Done>();
        api.MapPost("{code}/report/draft", IssueDraft.Post).RequireScope(Scopes.ComparisonsWrite).WithIdempotency().Produces<DraftReportReceipt>(201);
        api.MapGet("{code}/report/comments", CommentOnDraft.Get).Produces<IReadOnlyList<CommentReceipt>>();
        api.MapPost("{code}/report/comments", CommentOnDraft.Post).RequireScope(Scopes.ComparisonsWrite).WithIdempotency().Produces<CommentReceipt>(201);
        api.MapPost("{code}/report/answers", CommentOnDraft.PostAnswer).RequireScope(Scopes.ComparisonsWrite).WithIdempotency().Produces<CommentReceipt>(201);
        api.MapPost("{code}/report/publish", PublishReport.Post).RequireScope(Scopes.ComparisonsWrite).WithIdempotency().Produces<PublishReceipt>(201);
        api.MapGet("{code}/report", ReadReport.Get).AllowAnonymous().Produces<ReportModel>();
        routes.MapGet("/comparisons/{code}/commitments.json", ProveResults.Download).AllowAnonymous().ExcludeFromDescription();
        routes.MapGet("/api/comparisons/{code}/commitments", ProveResults.Download).AllowAnonymous().Produces<byte[]>(200, "application/json").ProducesProblem(404);
        routes.MapGet("/api/comparisons/{code}/certificates", CertifyReport.Get).AllowAnonymous().Produces<IReadOnlyList<SignedDocument>>().ProducesProblem(404);
        api.MapPost("{code}/certificates", CertifyReport.Post).RequireScope(Scopes.ComparisonsWrite).WithIdempotency().Produces<IReadOnlyList<SignedDocument>>(201);
        routes.MapGet("/comparisons/{code}/report/{file:regex(^[0-9]+\\..+$)}", ReadReport.Download).AllowAnonymous().ExcludeFromDescription();
        routes.MapGet("/comparisons/{code}/charts/{name}.svg", ReadReport.DownloadChart).AllowAnonymous().CacheOutput(PublicPages.Policy).ExcludeFromDescription();
        routes.MapGet("/api/laboratories/{organisationCode}", LaboratoryHistory.Get).AllowAnonymous().Produces<LaboratoryRecord>();
        api.MapPost("{code}/moves/end-circulation", EndCirculation.Post).RequireScope(Scopes.ComparisonsWrite).WithIdempotency().Produces<StateReceipt>();
        api.MapPost("{code}/moves/open-results", OpenResults.Post).RequireScope(Scopes.ComparisonsWrite).WithIdempotency().Produces<OpeningReceipt>();
        api.MapGet("{code}/circulation", ShowCirculation.Get).Produces<CirculationAnswer>();
        api.MapPost("{code}/circulation/legs/{leg:guid}/events", RecordLeg.Post).RequireScope(Scopes.Submit).WithIdempotency().Produces<LegReceipt>(201);
        api.MapPost("{code}/circulation/photos", RecordLeg.PostPhoto).RequireScope(Scopes.Submit).WithIdempotency().Accepts<byte[]>("*/*").Produces<PhotoReceipt>(201);
        api.MapGet("overdue", ListOverdue.Get).Produces<IReadOnlyList<OverdueRow>>();
    }
}

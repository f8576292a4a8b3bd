"""Listening as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class ListeningConfig(AppConfig):
    """What people say back."""

    name = "coso.listening"
    label = "listening"
    verbose_name = gettext_lazy("Listening")

    def ready(self) -> None:
        """Word the journal and the notices, answer for references, stand on the rail."""
        from datetime import timedelta

        from django.urls import reverse

        from coso.journal.ports import register_sentence
        from coso.kit.periodic import register_job
        from coso.kit.refs import Kind, register_kind
        from coso.listening import actions, duties, queries
        from coso.listening.models import Feedback, FeedbackState
        from coso.notices.ports import register_wording
        from coso.organizations.policies import may
        from coso.organizations.ports import register_duties
        from coso.places.ports import Figure, register_figure
        from coso.ui.ports import NavItem, register_nav

        register_sentence("feedback.received", lambda entry: _("An opinion arrived from the portal."))
        register_sentence("feedback.taken", lambda entry: _("Took the opinion in hand."))
        register_sentence("feedback.answered", lambda entry: _("Answered the sender."))
        register_sentence("feedback.published", lambda entry: _("Made question and answer public."))
        register_sentence("feedback.unpublished", lambda entry: _("Took question and answer off the portal."))
        register_sentence("feedback.bulletin_drafted", lambda entry: _("Drafted the answer as a bulletin."))
        register_sentence("feedback.contact_erased", lambda entry: _("Erased the sender's contact in due time."))
        register_figure(
            Figure("y-kien", gettext_lazy("Opinions received in the year"), queries.received_by_place, order=80)
        )
        register_job("listening.erase_contacts", every=timedelta(days=1), run=actions.erase_contacts)
        register_wording(
            "feedback.received", lambda notice: _("A resident sent an opinion that waits for your answer.")
        )
        register_wording("feedback.handed_over", lambda notice: _("An opinion was handed over to you to answer."))
        register_duties(
            "listening", gettext_lazy("Opinions in hand"), duties.find, duties.hand_over, right=duties.RIGHT
        )
        register_kind(
            "feedback",
            Kind(
                name=lambda ident: (
                    _("Opinion %(code)s") % {"code": found.code}
                    if (found := Feedback.objects.filter(pk=ident).first())
                    else None
                ),
                address=lambda ident: reverse("listening:one", args=[ident]),
                visible=lambda person, ident: queries.visible_to(person).filter(pk=ident).exists(),
                many=lambda person, idents: {
                    str(one.pk): _("Opinion %(code)s") % {"code": one.code}
                    for one in queries.visible_to(person).filter(pk__in=idents)
                },
            ),
        )
        register_nav(
            NavItem(
                key="feedback",
                label=gettext_lazy("What people say"),
                icon="feedback",
                url_name="listening:feedback",
                order=50,
                right=lambda request: may(request.user, "feedback.read"),
                badge=lambda request: (
                    queries.visible_to(request.user).filter(state=FeedbackState.NEW).count()
                    if may(request.user, "feedback.handle")
                    else None
                ),
                phone=3,
            )
        )
